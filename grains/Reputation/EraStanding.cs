namespace Grid.Reputation;

/// <summary>What a committed era said of the provider.</summary>
public sealed record EraStanding(ulong Era, uint UptimePpm, int Slots, bool IsRewarded);
