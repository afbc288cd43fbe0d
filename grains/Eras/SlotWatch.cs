using System.Collections.Immutable;
using Grid.Protocol;
using Grid.Protocol.Eras;

namespace Grid.Eras;

/// <summary>
/// What this operator hears of in each slot, by looking at its sessions several times a tick. A slot that it did not watch for the most part, or in which it
/// was cut off itself, is not vouched for. Not safe for concurrent use.
/// </summary>
public sealed class SlotWatch(EraSchedule schedule, int looksPerTick, int windowTicks)
{
    private readonly SortedDictionary<ProviderId, int> _heard = [];
    private OwnOutage _outage = OwnOutage.None;
    private (ulong Era, int Slot)? _current;
    private int _looks;
    private bool _wasCutOff;

    /// <param name="isInTouch">Whether a quorum of operators, this one included, is in touch.</param>
    /// <returns>The slot that is over since the last look; null where none is.</returns>
    public EndedSlot? Look(long unixSeconds, IReadOnlyCollection<ProviderId> connected, bool isInTouch)
    {
        if (schedule.EraAt(unixSeconds) is not { } era) return null;
        var now = (era, schedule.SlotAt(unixSeconds));
        var ended = _current is { } last && last != now ? End(last) : null;
        _current = now;
        _looks++;
        var eraLooks = schedule.EraSeconds / schedule.TickSeconds * looksPerTick;
        _outage = _outage.After(connected.Count, isInTouch, windowTicks * looksPerTick, eraLooks);
        _wasCutOff |= _outage.IsOn;
        foreach (var provider in connected) _heard[provider] = _heard.GetValueOrDefault(provider) + 1;
        return ended;
    }

    private EndedSlot End((ulong Era, int Slot) slot)
    {
        var (from, to) = schedule.SecondsOf(slot.Era, slot.Slot, slot.Slot);
        var expected = (to - from) * looksPerTick / schedule.TickSeconds;
        var isUp = _looks * 2L >= expected && !_wasCutOff;
        ImmutableArray<HeardProvider> heard = [.. _heard.Select(entry => new HeardProvider(entry.Key, entry.Value * 2 >= _looks))];
        _heard.Clear();
        (_looks, _wasCutOff) = (0, false);
        return new EndedSlot(slot.Era, slot.Slot, isUp, heard);
    }
}

/// <param name="IsUp">Whether this operator vouches for what it heard, and for the silence of the others.</param>
/// <param name="Heard">All that were heard of, ascending.</param>
public sealed record EndedSlot(ulong Era, int Slot, bool IsUp, ImmutableArray<HeardProvider> Heard);

/// <param name="IsForTheMostPart">At half of the looks or more.</param>
public readonly record struct HeardProvider(ProviderId Provider, bool IsForTheMostPart);
