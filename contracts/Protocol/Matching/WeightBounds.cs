using System.Collections.Immutable;

namespace Grid.Protocol.Matching;

/// <summary>How far an order may re-weight a factor, in thousandths (the defaults sum to 1000).</summary>
/// <param name="Name">As <c>x-grid: placements: NAME: weights:</c> writes it.</param>
public sealed record WeightBound(string Name, int Default, int Min, int Max);

/// <summary>
/// The published bounds. What protects the market (uptime, reputation, slash rate, stake, randomness) can be turned down but not off.
/// </summary>
public static class WeightBounds
{
    public const int MinTemperature = 100;
    public const int MaxTemperature = 2000;

    /// <summary>The seven weighted factors in their order, then the randomness (τ).</summary>
    public static ImmutableArray<WeightBound> All { get; } =
    [
        new("region", 150, 0, 1000),
        new("price", 250, 0, 1000),
        new("uptime", 150, 50, 1000),
        new("reputation", 150, 50, 1000),
        new("availability", 100, 0, 500),
        new("slashRate", 100, 50, 500),
        new("stake", 100, 20, 500),
        new("randomness", 50, MinTemperature / BasisPointsPerThousandth, MaxTemperature / BasisPointsPerThousandth),
    ];

    private const int BasisPointsPerThousandth = 10;

    /// <summary>Weights from an order's own, in thousandths; a factor that it does not name keeps its default. What is outside the bounds is refused; the rest is normalized.</summary>
    /// <param name="points">Name and thousandths, in any order.</param>
    /// <param name="weights">The defaults when this returns false.</param>
    /// <param name="fault">The name or value that is not allowed and what is.</param>
    public static bool TryReweight(IEnumerable<KeyValuePair<string, int>> points, out MatchWeights weights, out string? fault)
    {
        weights = MatchWeights.Default;
        Span<int> chosen = stackalloc int[All.Length];
        for (var i = 0; i < All.Length; i++) chosen[i] = All[i].Default;
        foreach (var (name, value) in points)
        {
            fault = Fault(name, value, out var index);
            if (fault is not null) return false;
            chosen[index] = value;
        }

        fault = null;
        weights = Normalize(chosen);
        return true;
    }

    private static string? Fault(string name, int value, out int index)
    {
        for (index = 0; index < All.Length; index++)
        {
            var bound = All[index];
            if (bound.Name != name) continue;
            return value >= bound.Min && value <= bound.Max ? null : $"weights.{name} is {value}; expected {bound.Min} to {bound.Max} thousandths.";
        }

        return $"weights.{name} is no factor; expected one of {string.Join(", ", All.Select(bound => bound.Name))}.";
    }

    /// <summary>Shares of 10 000 by rounding the running sum, so that they sum exactly and none is off by more than one.</summary>
    private static MatchWeights Normalize(ReadOnlySpan<int> points)
    {
        var total = 0;
        for (var i = 0; i < Factors.Count; i++) total += points[i];
        Span<int> share = stackalloc int[Factors.Count];
        var running = 0;
        var given = 0;
        for (var i = 0; i < Factors.Count; i++)
        {
            running += points[i];
            var upTo = running * MatchWeights.Sum / total;
            share[i] = upTo - given;
            given = upTo;
        }

        return new MatchWeights(share[0], share[1], share[2], share[3], share[4], share[5], share[6], points[Factors.Count] * BasisPointsPerThousandth);
    }
}
