using System.Diagnostics;

namespace Grid.Tests.Runtime.Simulation;

public sealed class DeterminismTests
{
    private const string HashFileVariable = "GRID_SIMULATION_HASH_FILE";

    [Fact]
    public async Task Two_processes_write_the_same_journal_for_one_seed()
    {
        var first = await InOtherProcessAsync();
        var second = await InOtherProcessAsync();

        Assert.Equal(first, second);
        Assert.Equal(SampleWorld.Run(7), first);
    }

    [Fact]
    public void Another_seed_gives_another_journal() => Assert.NotEqual(SampleWorld.Run(1), SampleWorld.Run(2));

    [Fact]
    public void A_run_says_what_happened()
    {
        var result = SampleWorld.Run(7);

        Assert.Matches("^[0-9a-f]{64} [0-9]+ [0-9]+$", result);
        if (Environment.GetEnvironmentVariable(HashFileVariable) is { } file)
            File.WriteAllText(file, result);
    }

    private static async Task<string> InOtherProcessAsync()
    {
        var file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Runtime.Tests"))
            {
                RedirectStandardOutput = true,
                ArgumentList = { "-method", $"{typeof(DeterminismTests).FullName}.{nameof(A_run_says_what_happened)}" },
                Environment = { [HashFileVariable] = file },
            };
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, output);
            return await File.ReadAllTextAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
