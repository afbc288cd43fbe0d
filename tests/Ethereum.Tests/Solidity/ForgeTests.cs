using System.Diagnostics;

namespace Grid.Tests.Ethereum.Solidity;

/// <summary>The contracts' own tests, gas snapshots and artifacts (<c>contracts/solidity/check.sh</c>).</summary>
public sealed class ForgeTests
{
    private const int ShownLines = 60;

    [Fact]
    public async Task The_contracts_pass_their_own_check()
    {
        EvmTools.SkipWithoutAnvil();
        var isLong = Environment.GetEnvironmentVariable("GRID_LONG_TESTS") == "1";
        var check = new ProcessStartInfo(
            Path.Combine(EvmTools.SolidityFolder, "check.sh"), isLong ? ["--long", "--coverage"] : ["--coverage"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var process = Process.Start(check)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        var said = (output + await error).Split('\n');
        Assert.True(process.ExitCode == 0, string.Join('\n', said.TakeLast(ShownLines)));
        Assert.Contains(said, line => line.Contains("0 failed", StringComparison.Ordinal));
        var total = said.Single(static line => line.StartsWith("| Total", StringComparison.Ordinal)).Split(
            '|', StringSplitOptions.TrimEntries);
        TestContext.Current.TestOutputHelper!.WriteLine($"note: the contracts' coverage is {total[2]} of lines, {total[4]} of branches");
    }
}
