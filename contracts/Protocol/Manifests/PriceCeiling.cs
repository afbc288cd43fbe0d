using System.Numerics;
using System.Text.Json.Serialization;

namespace Grid.Protocol.Manifests;

/// <summary>The most that one copy of a service may cost.</summary>
public sealed record PriceCeiling
{
    private const int BlockTenthsOfSecond = 61;
    private const int HourTenthsOfSecond = 36_000;

    /// <summary>The token (whole tokens per hour) or, when <see cref="IsPerBlock"/>, the chain denomination (micro-units per block).</summary>
    public required string Denom { get; init; }

    /// <summary>What the file says, exactly, as a decimal without superfluous zeros.</summary>
    public required string Amount { get; init; }

    /// <summary>The amount in micro-units of <see cref="Denom"/> per hour, rounded down: for display until an operator maps the denom to its token.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required RatePerHour RatePerHour { get; init; }

    /// <summary>The amount is in micro-units per block of about 6.1 s (SDL <c>denom</c>).</summary>
    public bool IsPerBlock { get; init; }

    /// <summary>The ceiling in the operator's own token, rounded down (in the tenant's favour).</summary>
    /// <returns>False when the operator does not map <see cref="Denom"/>: the tenant has to name a token.</returns>
    public bool TryCeilingFor(DenomTable denoms, out RatePerHour ceiling)
    {
        ceiling = default;
        if (!denoms.TryValueOf(Denom, out var microUnitsPerToken)) return false;
        var converted = (Int128)RatePerHour.MicroUnits * microUnitsPerToken / Money.MicroUnitsPerToken;
        if (converted > long.MaxValue / ManifestLimits.Count) return false;
        ceiling = new RatePerHour((long)converted);
        return true;
    }

    internal static RatePerHour RatePerBlock(BigInteger mantissa, BigInteger scale) =>
        new((long)(mantissa * HourTenthsOfSecond / (scale * BlockTenthsOfSecond)));
}
