using FsCheck.Fluent;
using Grid.Gpus;

namespace Grid.Tests.Grains.Gpus;

public sealed class GpuRules
{
    private const int CapacityMillis = 1000;

    private enum Act
    {
        Hold,
        Confirm,
        Release,
        Wait,
    }

    [Fact]
    public void Shares_never_exceed_the_device_at_any_instant_and_repeats_change_nothing()
    {
        var step =
            from act in Gen.Frequency((5, Gen.Constant(Act.Hold)), (2, Gen.Constant(Act.Confirm)), (2, Gen.Constant(Act.Release)), (2, Gen.Constant(Act.Wait)))
            from lease in Gen.Choose(0, 6)
            from amount in Gen.Elements(250, 300, 500, 1000)
            select (Act: act, Lease: lease, Amount: amount);

        Properties.ForAllSequences(step, 80, steps =>
        {
            var (state, now, model) = (new GpuState(), Some.Now, new Dictionary<int, (int Share, DateTimeOffset? ExpiresAt)>());
            foreach (var (act, lease, amount) in steps)
            {
                foreach (var gone in model.Where(entry => entry.Value.ExpiresAt <= now).Select(entry => entry.Key).ToArray()) model.Remove(gone);
                if (act == Act.Wait) now = now.AddSeconds(amount / 100);
                else if (act == Act.Hold) Hold(ref state, model, lease, amount, now);
                else if (act == Act.Confirm) Confirm(ref state, model, lease, now);
                else Release(ref state, model, lease);
                AssertSame(model, state, now);
            }
        });
    }

    [Fact]
    public void A_hold_expires()
    {
        var held = Gpu.Hold(new GpuState(), new GpuHold(Some.Lease(1), 1000, CapacityMillis, Some.Now.AddSeconds(30)), Some.Now).State;

        Assert.False(Gpu.Hold(held, new GpuHold(Some.Lease(2), 1000, CapacityMillis, Some.Now.AddSeconds(59)), Some.Now.AddSeconds(29)).Result.IsHeld);
        Assert.False(Gpu.Confirm(held, Some.Lease(1), Some.Now.AddSeconds(30)).Result);
        Assert.True(Gpu.Hold(held, new GpuHold(Some.Lease(2), 1000, CapacityMillis, Some.Now.AddSeconds(60)), Some.Now.AddSeconds(30)).Result.IsHeld);
    }

    [Fact]
    public void A_late_hold_does_not_turn_a_lease_back_into_a_hold()
    {
        var held = Gpu.Hold(new GpuState(), new GpuHold(Some.Lease(1), 500, CapacityMillis, Some.Now.AddSeconds(30)), Some.Now).State;
        var leased = Gpu.Confirm(held, Some.Lease(1), Some.Now).State;

        var late = Gpu.Hold(leased, new GpuHold(Some.Lease(1), 300, CapacityMillis, Some.Now.AddSeconds(90)), Some.Now.AddSeconds(60));

        Assert.False(late.HasChanged);
        Assert.Equal(500, Gpu.View(late.State, Some.Now.AddHours(9)).LeasedMillis);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-500)]
    [InlineData(1001)]
    public void A_share_outside_the_device_is_refused(int shareMillis) =>
        Assert.False(Gpu.Hold(new GpuState(), new GpuHold(Some.Lease(1), shareMillis, CapacityMillis, Some.Now.AddSeconds(30)), Some.Now).Result.IsHeld);

    private static void Hold(ref GpuState state, Dictionary<int, (int Share, DateTimeOffset? ExpiresAt)> model, int lease, int share, DateTimeOffset now)
    {
        var hold = new GpuHold(Some.Lease(lease), share, CapacityMillis, now.AddSeconds(10));
        var decision = Gpu.Hold(state, hold, now);
        var others = model.Where(entry => entry.Key != lease).Sum(entry => entry.Value.Share);
        var isMine = model.TryGetValue(lease, out var mine);
        var isSame = isMine && mine.Share == share;
        var isHeld = isSame || (others + share <= CapacityMillis && !(isMine && mine.ExpiresAt is null));
        Assert.Equal(isHeld, decision.Result.IsHeld);
        Assert.Equal(isHeld && !isSame, decision.HasChanged);
        if (decision.HasChanged) model[lease] = (share, now.AddSeconds(10));
        state = decision.State;
        var repeat = Gpu.Hold(state, hold, now);
        Assert.Equal((decision.Result, false), (repeat.Result, repeat.HasChanged));
    }

    private static void Confirm(ref GpuState state, Dictionary<int, (int Share, DateTimeOffset? ExpiresAt)> model, int lease, DateTimeOffset now)
    {
        var decision = Gpu.Confirm(state, Some.Lease(lease), now);
        Assert.Equal(model.ContainsKey(lease), decision.Result);
        if (model.TryGetValue(lease, out var mine)) model[lease] = (mine.Share, null);
        state = decision.State;
        Assert.Equal(new Decision<GpuState, bool>(state, decision.Result), Gpu.Confirm(state, Some.Lease(lease), now));
    }

    private static void Release(ref GpuState state, Dictionary<int, (int Share, DateTimeOffset? ExpiresAt)> model, int lease)
    {
        state = Gpu.Release(state, Some.Lease(lease)).State;
        model.Remove(lease);
        Assert.False(Gpu.Release(state, Some.Lease(lease)).HasChanged);
    }

    private static void AssertSame(Dictionary<int, (int Share, DateTimeOffset? ExpiresAt)> model, GpuState state, DateTimeOffset now)
    {
        var live = model.Values.Where(entry => entry.ExpiresAt is null || entry.ExpiresAt > now).ToArray();
        var view = Gpu.View(state, now);
        Assert.Equal(live.Where(entry => entry.ExpiresAt is null).Sum(entry => entry.Share), view.LeasedMillis);
        Assert.Equal(live.Where(entry => entry.ExpiresAt is not null).Sum(entry => entry.Share), view.HeldMillis);
        Assert.InRange(view.HeldMillis + view.LeasedMillis, 0, CapacityMillis);
        Assert.Equal(CapacityMillis - view.HeldMillis - view.LeasedMillis, view.FreeMillis);
    }
}
