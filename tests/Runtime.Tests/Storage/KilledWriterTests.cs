using System.Diagnostics;
using System.Globalization;

namespace Grid.Tests.Runtime.Storage;

/// <summary>A process that writes is killed with SIGKILL; what it had acknowledged is there.</summary>
public sealed class KilledWriterTests
{
    private const string StoreVariable = "GRID_TEST_STORE_TO_WRITE";
    private const int Writers = 16;

    [Fact]
    public async Task Everything_that_was_acknowledged_survives_a_kill_and_the_store_opens_at_once()
    {
        using var folder = new StoreFolder();
        using var writer = StartWriter(folder.StorePath);
        var acknowledged = new long[Writers];
        var lines = 0;
        while (lines < 2_000 && await writer.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
            if (Note(line, acknowledged)) lines++;

        writer.Kill();
        while (await writer.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line) Note(line, acknowledged);
        await writer.WaitForExitAsync();

        Assert.True(lines >= 2_000, $"the writer ended by itself after {lines} writes");
        using var store = folder.Open();
        for (var i = 0; i < Writers; i++)
        {
            var stored = (await store.Read("writer-" + i)).State!.Number;
            Assert.InRange(stored, acknowledged[i], acknowledged[i] + 1);
        }
    }

    /// <summary>Runs in the other process only: writes until it is killed, and says each write once it is acknowledged.</summary>
    [Fact(Explicit = true)]
    public async Task Writes_until_it_is_killed()
    {
        using var folder = new StoreFolder();
        using var store = Grid.Runtime.Storage.SqliteStore.Open(new() { Path = Environment.GetEnvironmentVariable(StoreVariable) ?? folder.StorePath });
        var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(WriteForEver));

        async Task WriteForEver(int writer)
        {
            var state = await store.WriteNew("writer-" + writer, 0);
            while (true)
            {
                state.State = state.State! with { Number = state.State.Number + 1 };
                await store.Storage().WriteStateAsync("sample", StoredSamples.Id("writer-" + writer), state);
                await output.WriteLineAsync($"ack {writer} {state.State.Number}");
            }
        }
    }

    private static Process StartWriter(string storePath)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        string[] arguments = ["-noLogo", "-noColor", "-explicit", "only", "-method", $"*.{nameof(Writes_until_it_is_killed)}"];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment[StoreVariable] = storePath;
        return Process.Start(start)!;
    }

    private static bool Note(string line, long[] acknowledged)
    {
        if (line.Split(' ') is not ["ack", var writer, var number] || !long.TryParse(number, CultureInfo.InvariantCulture, out var value)) return false;
        acknowledged[int.Parse(writer, CultureInfo.InvariantCulture)] = value;
        return true;
    }
}
