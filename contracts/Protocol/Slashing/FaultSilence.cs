using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Slashing;

/// <summary>An operator puts its name to silence that it has seen itself, and to nothing else.</summary>
public static class FaultSilence
{
    /// <param name="own">What the asked operator saw itself in the era of the interval.</param>
    /// <returns>Null where it was up, expected the provider and heard nothing in every slot that the interval touches.</returns>
    public static string? Objection(Fault fault, ObservationBook own, EraSchedule schedule)
    {
        var (first, last) = (schedule.EraAt(fault.FromUnixSeconds), schedule.EraAt(fault.ToUnixSeconds - 1));
        if (first != last || first != own.Era) return $"it lies in eras {first} to {last}, this operator's observations are of era {own.Era}: a fault lies in one era.";
        var dark = own.Find(fault.Provider)?.Dark(own.Up) ?? 0;
        for (var slot = schedule.SlotAt(fault.FromUnixSeconds); slot <= schedule.SlotAt(fault.ToUnixSeconds - 1); slot++)
        {
            if ((dark >> slot & 1) == 0) return $"this operator did not see it silent in slot {slot} of era {own.Era}, or can't say.";
        }

        return null;
    }
}
