using System.CommandLine;
using System.Text.Json;

namespace Grid.Bench.Runtime;

/// <summary><c>grid bench runtime</c>.</summary>
internal static class RuntimeBenchCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "print JSON alone on standard output" };
        var seconds = new Option<double>("--seconds") { Description = "how long each figure is measured", DefaultValueFactory = _ => 3 };
        var command = new Command("runtime", "Calls, activations and durable writes of the local silo.") { json, seconds };
        command.SetAction(async (parsed, stop) =>
        {
            var result = await RuntimeBench.RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)), stop);
            if (parsed.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(result, RuntimeBenchJson.Default.RuntimeBenchResult));
            else
                Print(result);
            return 0;
        });
        return command;
    }

    private static void Print(RuntimeBenchResult result)
    {
        foreach (var calls in result.Calls)
        {
            Console.Out.WriteLine(
                $"{calls.Callers,3} callers  {calls.CallsPerSecond,12:N0} calls/s  p50 {calls.P50Us:F1} µs  p99 {calls.P99Us:F1} µs  "
                + $"max {calls.MaxUs:F0} µs  {calls.BytesPerCall} B a call");
        }

        Console.Out.WriteLine($"bare mailboxes {result.Reference.ChannelCallsPerSecond,12:N0} calls/s");
        Console.Out.WriteLine($"activations    {result.ActivationsPerSecond,12:N0} /s");
        Console.Out.WriteLine(
            $"durable writes {result.Writes.SerialPerSecond,12:N0} /s one by one, {result.Writes.ConcurrentPerSecond:N0} /s from {WriteBench.ConcurrentWriters} writers");
        Console.Out.WriteLine($"bare SQLite    {result.Reference.SqliteBatchRowsPerSecond,12:N0} rows/s in batches of {SqliteReference.BatchRows}");
        Console.Out.WriteLine($"simulation     {result.SimulatedEventsPerSecond,12:N0} events/s");
    }
}
