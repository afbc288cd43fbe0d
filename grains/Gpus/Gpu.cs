using System.Collections.Immutable;
using Grid.Protocol;

namespace Grid.Gpus;

/// <summary>The rules of one device: what its leases share never exceeds what it has.</summary>
public static class Gpu
{
    public static Decision<GpuState, GpuHoldResult> Hold(GpuState state, GpuHold hold, DateTimeOffset now)
    {
        var live = Live(state, now);
        var others = live.Remove(hold.Lease);
        var free = hold.CapacityMillis - Sum(others);
        if (live.TryGetValue(hold.Lease, out var mine) && mine.ShareMillis == hold.ShareMillis) return new(state, new GpuHoldResult(true, free - hold.ShareMillis));
        if (mine is { ExpiresAt: null }) return new(state, new GpuHoldResult(false, free - mine.ShareMillis));
        if (hold.ShareMillis <= 0 || hold.ShareMillis > free) return new(state, new GpuHoldResult(false, free));

        var after = others.Add(hold.Lease, new GpuShare(hold.ShareMillis, hold.ExpiresAt));
        Invariant.That(Sum(after) <= hold.CapacityMillis, "INV-GPU-01", $"{Sum(after)} of {hold.CapacityMillis} thousandths");
        return new(new GpuState { Shares = after }, new GpuHoldResult(true, free - hold.ShareMillis), HasChanged: true);
    }

    public static Decision<GpuState, bool> Confirm(GpuState state, LeaseId lease, DateTimeOffset now)
    {
        if (!state.Shares.TryGetValue(lease, out var share) || !share.IsLiveAt(now)) return new(state, false);
        if (share.ExpiresAt is null) return new(state, true);
        return new(new GpuState { Shares = state.Shares.SetItem(lease, share with { ExpiresAt = null }) }, true, HasChanged: true);
    }

    public static Decision<GpuState, bool> Release(GpuState state, LeaseId lease) => state.Shares.ContainsKey(lease)
        ? new(new GpuState { Shares = state.Shares.Remove(lease) }, true, HasChanged: true)
        : new(state, false);

    public static GpuView View(GpuState state, DateTimeOffset now)
    {
        var live = Live(state, now);
        var leased = live.Values.Where(static share => share.ExpiresAt is null).Sum(static share => share.ShareMillis);
        var held = Sum(live) - leased;
        var phase = leased > 0 ? GpuPhase.Leased : held > 0 ? GpuPhase.Held : GpuPhase.Free;
        return new GpuView(phase, WholeMillis - held - leased, held, leased);
    }

    /// <summary>One whole device.</summary>
    public const int WholeMillis = 1000;

    private static ImmutableSortedDictionary<LeaseId, GpuShare> Live(GpuState state, DateTimeOffset now) =>
        state.Shares.RemoveRange(state.Shares.Where(entry => !entry.Value.IsLiveAt(now)).Select(static entry => entry.Key));

    private static int Sum(ImmutableSortedDictionary<LeaseId, GpuShare> shares) => shares.Values.Sum(static share => share.ShareMillis);
}
