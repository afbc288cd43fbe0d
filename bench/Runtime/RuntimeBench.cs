namespace Grid.Bench.Runtime;

/// <summary>Measures the local silo, each figure for the same time.</summary>
public static class RuntimeBench
{
    private static readonly int[] CallerCounts = [1, 32];

    public static async Task<RuntimeBenchResult> RunAsync(TimeSpan each, CancellationToken stop)
    {
        var calls = new List<CallFigures>();
        foreach (var callers in CallerCounts)
        {
            stop.ThrowIfCancellationRequested();
            calls.Add(await CallBench.RunAsync(callers, each));
        }

        var mailboxes = await MailboxReference.RunAsync(CallerCounts[^1], each);
        var activations = await ActivationBench.RunAsync();
        var writes = await WriteBench.RunAsync(each);
        var sqlite = SqliteReference.Run(each);
        var events = SimulationBench.Run(each);
        return new RuntimeBenchResult(calls, activations, writes, new ReferenceFigures(mailboxes, sqlite), events);
    }
}
