using System.Text.Json.Serialization;

namespace Grid.Bench.Runtime;

/// <summary>What <c>grid bench runtime --json</c> prints.</summary>
public sealed record RuntimeBenchResult(
    IReadOnlyList<CallFigures> Calls,
    long ActivationsPerSecond,
    WriteFigures Writes,
    ReferenceFigures Reference,
    long SimulatedEventsPerSecond);

/// <summary>Calls over 1 000 grains with one filter and timeouts on. Latencies are of single calls, in microseconds.</summary>
public sealed record CallFigures(int Callers, long CallsPerSecond, double P50Us, double P99Us, double MaxUs, long BytesPerCall);

/// <summary>Durable state writes of one grain one by one, and of <see cref="WriteBench.ConcurrentWriters"/> grains at once.</summary>
public sealed record WriteFigures(long SerialPerSecond, long ConcurrentPerSecond);

/// <summary>The same machine without the actor model: bare mailboxes, and rows in batches of 100 straight into SQLite.</summary>
public sealed record ReferenceFigures(long ChannelCallsPerSecond, long SqliteBatchRowsPerSecond);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RuntimeBenchResult))]
internal sealed partial class RuntimeBenchJson : JsonSerializerContext;
