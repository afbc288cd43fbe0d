namespace Grid.Reputation;

/// <summary>What this operator saw of the provider in one era so far.</summary>
/// <param name="Heard">Slots, a bit each: heard of during at least half of it.</param>
/// <param name="Touched">Slots in which it was heard of at all.</param>
/// <param name="Challenged">Slots with a challenge that has ended.</param>
/// <param name="Failed">Of these, the ones it did not pass.</param>
/// <param name="Units">Weighted device-milliseconds of open leases in slots in which it was heard.</param>
/// <param name="CapacityMilli">The most that was offered in any slot.</param>
public sealed record EraTally(ulong Era, ulong Heard, ulong Touched, ulong Challenged, ulong Failed, ulong Units, uint CapacityMilli);
