using Grid.Leases;

namespace Grid.Simulation;

/// <summary>An acknowledged lease is never lost, is billed for no second that was not run, and never runs unpaid.</summary>
internal static class LeaseChecks
{
    private static readonly TimeSpan ForgetUnopenedAfter = TimeSpan.FromHours(3);

    public static void Run(World world)
    {
        var over = new List<LeaseHistory>();
        foreach (var history in world.Leases.Values)
        {
            var stored = world.Virtual.Storage.Lease(history);
            if (!ReferenceEquals(stored, history.Seen)) Changed(world, history, stored);
            Metered(world, history, stored);
            history.Seen = stored;
            if (IsOver(world, history, stored)) over.Add(history);
        }

        foreach (var history in over)
        {
            world.Leases.Remove(history.Lease);
            if (history.Seen is { } last) world.Settled.Add(last);
        }
    }

    private static void Changed(World world, LeaseHistory history, LeaseState? now)
    {
        var (verdicts, entity) = (world.Verdicts, history.Lease.ToString());
        if (history.Seen is { } before)
        {
            verdicts.Check(now is not null && now.Terms == before.Terms && now.Phase >= before.Phase, "INV-LEASE-01", entity, $"{before.Phase} or later", $"{now?.Phase}");
            if (now is null) return;
            verdicts.Check(now.BilledSeconds >= before.BilledSeconds, "INV-LEASE-02", entity, $"at least {before.BilledSeconds} s billed", $"{now.BilledSeconds} s");
            verdicts.Check(now.PaidThroughSeconds >= before.PaidThroughSeconds, "INV-LEASE-04", entity, $"at least {before.PaidThroughSeconds} s paid", $"{now.PaidThroughSeconds} s");
            verdicts.Check(!before.IsSettled || now.Charged == before.Charged, "INV-MONEY-02", entity, $"{before.Charged} for good", now.Charged.ToString());
        }

        if (now is null) return;
        verdicts.Check(now.Charged == now.Terms!.Rate.ChargeRoundedDown(now.BilledSeconds), "INV-METER-03", entity, $"the charge of {now.BilledSeconds} s", now.Charged.ToString());
        verdicts.Check(now.Charged <= now.Held, "INV-LEASE-03", entity, $"at most {now.Held} held", now.Charged.ToString());
    }

    private static void Metered(World world, LeaseHistory history, LeaseState? stored)
    {
        var (verdicts, entity) = (world.Verdicts, history.Lease.ToString());
        var ranMs = history.RunMs;
        if (stored is not null)
            verdicts.Check(stored.BilledSeconds * 1000 <= ranMs, "INV-METER-02", () => (entity, $"at most the {ranMs} ms that it ran", $"{stored.BilledSeconds} s billed"));

        if (!history.Node.Ledger.Leases.TryGetValue(history.Lease, out var lease)) return;
        verdicts.Check(lease.Seconds * 1000 <= ranMs, "INV-METER-02", () => (entity, $"at most the {ranMs} ms that it ran", $"{lease.Seconds} s counted"));
        verdicts.Check(
            stored is not null || lease.PaidThroughSeconds == 0, "INV-LEASE-01",
            () => (entity, "stored, since its node was told that it is paid", "no lease"));
        verdicts.Check(
            lease.PaidThroughSeconds <= (stored?.PaidThroughSeconds ?? 0), "INV-LEASE-04",
            () => (entity, $"no more than the {stored?.PaidThroughSeconds} s that are stored", $"{lease.PaidThroughSeconds} s promised to the node"));

        var paidMs = (lease.PaidThroughSeconds * 1000) + (long)world.Tick.TotalMilliseconds;
        verdicts.Check(!history.Node.IsAwake || !history.IsRunning || ranMs <= paidMs, "INV-METER-01", () => (entity, $"stopped within a tick of {lease.PaidThroughSeconds} s", $"runs for {ranMs} ms"));
    }

    private static bool IsOver(World world, LeaseHistory history, LeaseState? stored)
    {
        if (history.IsRunning || history.Node.Ledger.Leases.ContainsKey(history.Lease)) return false;
        return stored?.IsSettled ?? world.Virtual.Elapsed - history.AcceptedAt > ForgetUnopenedAfter;
    }
}
