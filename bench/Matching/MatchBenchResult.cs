using System.Text.Json.Serialization;

namespace Grid.Bench.Matching;

/// <summary>What <c>grid bench match --json</c> prints. One thread.</summary>
/// <param name="Providers">Listings: each a provider and one of its GPU models.</param>
/// <param name="Worst">An order that filters nobody out.</param>
/// <param name="Typical">Orders that name a model, a region, trust, a token and a ceiling.</param>
/// <param name="BytesTouchedPerProvider">Of its columns, that the worst order's scan reads.</param>
/// <param name="BytesPerProvider">Of memory, all of the index.</param>
/// <param name="Ratio">The worst order's median over one plain pass.</param>
public sealed record MatchBenchResult(
    int Providers,
    MatchTimes Worst,
    TypicalTimes Typical,
    int BytesTouchedPerProvider,
    double BytesPerProvider,
    double RecoverMs,
    MatchReference Reference,
    double Ratio);

public sealed record MatchTimes(double P50Us, double P99Us, double MinUs, long BytesAllocated);

/// <param name="PerSecond">Whole matches with their shortlists, as many waiting orders at once as a matchmaker takes.</param>
public sealed record TypicalTimes(double P50Us, double P99Us, double MinUs, long BytesAllocated, long PerSecond);

/// <param name="PassUs">Median of one vector sum over as many bytes as the worst order's scan reads.</param>
public sealed record MatchReference(double PassUs);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(MatchBenchResult))]
internal sealed partial class MatchBenchJson : JsonSerializerContext;
