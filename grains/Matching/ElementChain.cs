using Grid.Protocol;

namespace Grid.Matching;

/// <summary>The rules of a matchmaker's use of its hash chain: each element is one order's, and what came to nothing is published as void.</summary>
public static class ElementChain
{
    /// <summary>After a crash, what was bound and not known to be used is void.</summary>
    public static MatchmakerState Recover(MatchmakerState stored)
    {
        if (stored.Open.IsEmpty) return stored;
        var voids = stored.Voids.AddRange(stored.Open.Keys);
        return stored with { Open = stored.Open.Clear(), Voids = voids.Length > MatchmakerLimits.Voids ? voids.RemoveRange(0, voids.Length - MatchmakerLimits.Voids) : voids };
    }

    public static MatchmakerState Bound(MatchmakerState state, OrderId order) =>
        state with { NextElement = state.NextElement + 1, Open = state.Open.SetItem(state.NextElement, order) };

    /// <summary>Stored with the next binding: an element that was used but looks open after a crash is void for nobody, since its record shows it.</summary>
    public static MatchmakerState Used(MatchmakerState state, int element) => state with { Open = state.Open.Remove(element) };
}
