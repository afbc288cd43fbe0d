using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Leases;

/// <summary>The rules of a lease's life: pure transitions over <see cref="LeaseState"/>.</summary>
public static class Lease
{
    /// <summary>The lease is open: its node has accepted, and the money for the first stretch is held.</summary>
    public static LeaseState Open(LeaseOpening opening, Signed<Opening> signed, Money held, Signed<PaidThrough> paidThrough, DateTimeOffset now) => new()
    {
        Phase = LeasePhase.Active,
        Terms = opening.Terms,
        Bindings = opening.Bindings,
        Opening = signed,
        PaidThrough = paidThrough,
        Held = held,
        OpenedAt = now,
        ObservedAt = now,
    };

    /// <summary>What makes an acceptance unfit to open a lease on these terms; null where nothing does.</summary>
    public static string? AcceptanceRefusal(LeaseTerms terms, Acceptance acceptance, Bindings bindings)
    {
        if (acceptance.Lease != terms.Lease) return "the acceptance is for another lease.";
        if (acceptance.Provider != terms.Provider) return "the acceptance is another provider's.";
        if (acceptance.Authorization != terms.Authorization) return "the acceptance names another authorization.";
        if (acceptance.RatePerHour != terms.Rate || acceptance.FeePpm != terms.FeePpm) return "the acceptance names another price.";
        return bindings.IsWellFormed() && bindings.Hash() == acceptance.BindingsHash ? null : "the acceptance binds something else than it shows.";
    }

    /// <summary>Its node no longer keeps room for it, and neither does its provider's ledger.</summary>
    public static bool HasExpired(Acceptance acceptance, DateTimeOffset now) => acceptance.ExpiryUnixSeconds <= now.ToUnixTimeSeconds();

    /// <summary>Takes a receipt where it follows the last one and claims nothing that is not paid or not yet lived.</summary>
    /// <param name="signature">The operator's countersignature.</param>
    public static LeaseState WithReceipt(LeaseState state, Signed<Receipt> receipt, Signature signature)
    {
        Invariant.That(receipt.Value.Seconds >= state.BilledSeconds, "INV-LEASE-02", $"{receipt.Value.Seconds} s after {state.BilledSeconds} s");
        Invariant.That(receipt.Value.Charged <= state.Held, "INV-LEASE-03", $"{receipt.Value.Charged} charged of {state.Held} held");
        return state with { LastReceipt = receipt, LastCountersignature = signature };
    }

    /// <returns>Why the receipt cannot be taken, or null.</returns>
    public static string? ReceiptRefusal(LeaseState state, Receipt receipt, Hash256 lastDigest, long plausibleSeconds)
    {
        if (receipt.Lease != state.Terms!.Lease) return "it is for another lease.";
        if (receipt.Seconds < state.BilledSeconds) return $"it counts {receipt.Seconds} s, after {state.BilledSeconds} s.";
        if (receipt.Previous != lastDigest) return "it does not follow the last receipt.";
        if (receipt.Seconds > state.PaidThroughSeconds) return $"it counts {receipt.Seconds} s, paid are {state.PaidThroughSeconds} s.";
        if (receipt.Seconds > plausibleSeconds) return $"it counts {receipt.Seconds} s, at most {plausibleSeconds} s can have passed.";
        if (state.Phase != LeasePhase.Active && receipt.Seconds > state.CloseSeconds) return $"it counts {receipt.Seconds} s, the lease closed at {state.CloseSeconds} s.";
        var charge = state.Terms.Rate.ChargeRoundedDown(receipt.Seconds);
        return receipt.Charged == charge ? null : $"it charges {receipt.Charged}, the rate makes {charge}.";
    }

    /// <summary>What the services are doing, and what follows from it.</summary>
    public static LeaseState WithServices(LeaseState state, ImmutableArray<ServiceReport> reports, DateTimeOffset now)
    {
        if (reports.IsDefaultOrEmpty) return state;
        var services = state.Services.ToBuilder();
        foreach (var report in reports.Take(Limits.ServicesPerReport))
        {
            var at = IndexOf(services, report);
            if (at < 0) services.Add(report);
            else if (IsNewer(report, services[at])) services[at] = report;
        }

        var startedAt = state.StartedAt ?? (reports.Any(static report => report.Phase != ServicePhase.Pending) ? now : null);
        return state with { Services = services.ToImmutable(), StartedAt = startedAt };
    }

    /// <summary>The reason to end an active lease now, or none.</summary>
    public static CloseReason DueReason(LeaseState state, long seconds)
    {
        if (state.Phase != LeasePhase.Active) return CloseReason.None;
        if (state.Services.Any(static service => service.Phase == ServicePhase.Failed)) return CloseReason.WorkloadFailed;
        if (HasCompleted(state)) return CloseReason.Completed;
        if (state.Terms!.DurationSeconds > 0 && seconds >= state.Terms.DurationSeconds) return CloseReason.Duration;
        return seconds >= state.PaidThroughSeconds ? CloseReason.Money : CloseReason.None;
    }

    /// <summary>Starts the end. The first reason stays.</summary>
    /// <param name="closeSeconds">Nothing past these is billed.</param>
    public static LeaseState Close(LeaseState state, CloseReason reason, long closeSeconds, Signed<Close> command, DateTimeOffset settleBy)
    {
        if (state.Phase != LeasePhase.Active) return state;
        return state with
        {
            Phase = LeasePhase.Closing,
            Reason = reason,
            CloseSeconds = closeSeconds,
            CloseCommand = command,
            SettleBy = settleBy,
        };
    }

    /// <summary>The seconds to close at: as many as can have passed, and never more than is paid.</summary>
    public static long CloseSecondsAt(LeaseState state, long reportedSeconds, long plausibleSeconds) =>
        Math.Min(state.PaidThroughSeconds, Math.Max(Math.Max(reportedSeconds, state.BilledSeconds), plausibleSeconds));

    /// <summary>The node has said its last word, or is waited for no longer.</summary>
    public static LeaseState Closed(LeaseState state, DateTimeOffset now) => state.Phase == LeasePhase.Closing
        ? state with { Phase = LeasePhase.Closed, ClosedAt = now }
        : state;

    /// <summary>A node silent for that long is lost; one that must stop by itself gets the time to do so.</summary>
    /// <param name="silence">Since the node was last heard, counted only while this operator was up.</param>
    public static bool IsLost(LeaseState state, TimeSpan silence, GridParameters parameters)
    {
        if (state.Phase != LeasePhase.Active) return false;
        var margin = state.Terms!.OnPartition == PartitionRule.Stop ? Limits.StopMarginTicks : 0;
        return silence >= parameters.LostAfter + parameters.Tick * margin;
    }

    public static LeaseView View(LeaseId id, LeaseState state) => new(
        id, state.Phase, state.Terms, state.Phase == LeasePhase.None ? null : state.OpenedAt, state.StartedAt, state.ClosedAt,
        state.BilledSeconds, state.Charged, state.PaidThroughSeconds,
        NeedsReplacement: state.Reason is CloseReason.Replaced or CloseReason.ProviderFailed or CloseReason.Maintenance,
        state.Reason, state.Services);

    /// <summary>Whether the outcome speaks for the provider.</summary>
    public static bool IsGoodOutcome(CloseReason reason) => reason is not (CloseReason.ProviderFailed or CloseReason.Replaced or CloseReason.NeverStarted);

    private static bool HasCompleted(LeaseState state) =>
        state.Terms!.IsBatch && !state.Services.IsEmpty && state.Services.All(static service => service.Phase == ServicePhase.Succeeded);

    private static int IndexOf(ImmutableArray<ServiceReport>.Builder services, ServiceReport report)
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i].Service == report.Service && services[i].Replica == report.Replica) return i;
        }

        return -1;
    }

    private static bool IsNewer(ServiceReport report, ServiceReport known) =>
        report.Attempt > known.Attempt || (report.Attempt == known.Attempt && report.Phase >= known.Phase);
}
