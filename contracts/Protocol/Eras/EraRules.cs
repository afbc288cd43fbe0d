using Grid.Protocol.Catalogue;

namespace Grid.Protocol.Eras;

/// <summary>The numbers that every operator of a set must have alike, or their leaves differ.</summary>
/// <param name="BasePerHour">Reward of one GPU of multiplier 1, leased for an hour, at trust multiplier 1.</param>
public sealed record EraRules(EraSchedule Schedule, RatePerHour BasePerHour, TrustTierTable Tiers)
{
    /// <summary>A provider that is unheard of for so long has no leaf any more; what it earned stays claimable with its last one.</summary>
    public const int ForgottenAfterEras = 32;
}
