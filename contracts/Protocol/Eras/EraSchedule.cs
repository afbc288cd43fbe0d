namespace Grid.Protocol.Eras;

/// <summary>Which era and which slot of it a second belongs to. A slot is 1/64 of an era or one tick, whichever is longer.</summary>
/// <param name="GenesisSeconds">Unix seconds; era 0 begins then.</param>
/// <param name="EraSeconds">At least <paramref name="TickSeconds"/>.</param>
public sealed record EraSchedule(long GenesisSeconds, long EraSeconds, long TickSeconds)
{
    /// <summary>Bits of a slot mask.</summary>
    public const int MaxSlots = 64;

    public long SlotSeconds => Math.Max((EraSeconds + MaxSlots - 1) / MaxSlots, TickSeconds);

    /// <summary>1 to 64; the last one may be shorter.</summary>
    public int Slots => (int)((EraSeconds + SlotSeconds - 1) / SlotSeconds);

    /// <summary>A mask of all slots.</summary>
    public ulong AllSlots => Slots == MaxSlots ? ulong.MaxValue : (1UL << Slots) - 1;

    /// <returns>Null before genesis.</returns>
    public ulong? EraAt(long unixSeconds) => unixSeconds < GenesisSeconds ? null : (ulong)((unixSeconds - GenesisSeconds) / EraSeconds);

    public long StartOf(ulong era) => checked(GenesisSeconds + (long)era * EraSeconds);

    public long EndOf(ulong era) => StartOf(era) + EraSeconds;

    /// <param name="unixSeconds">At or after genesis.</param>
    public int SlotAt(long unixSeconds) => (int)((unixSeconds - GenesisSeconds) % EraSeconds / SlotSeconds);

    /// <summary>The seconds from the first of <paramref name="firstSlot"/> up to the end of <paramref name="lastSlot"/>.</summary>
    public (long From, long To) SecondsOf(ulong era, int firstSlot, int lastSlot) =>
        (StartOf(era) + firstSlot * SlotSeconds, Math.Min(StartOf(era) + (lastSlot + 1) * SlotSeconds, EndOf(era)));
}
