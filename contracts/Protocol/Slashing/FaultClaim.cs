using Grid.Chain.Crypto;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Slashing;

/// <summary>A fault and the proof of its lease, as an operator shows it to the others and asks for their signatures.</summary>
public sealed record FaultClaim(Fault Fault, LeaseEvidence Evidence)
{
    /// <summary>The claim that follows from a down interval of a lease.</summary>
    /// <param name="down">First second, and the first one behind; within one era.</param>
    /// <param name="endUnixSeconds">The first second that the lease no longer owes.</param>
    /// <returns>Null where nothing of the interval is left to claim.</returns>
    public static FaultClaim? For(LeaseEvidence evidence, (long From, long To) down, long endUnixSeconds, LeaseMark mark, Address reporter)
    {
        var from = Math.Max(Math.Max(down.From, evidence.OpenFromUnixSeconds), mark.UntilUnixSeconds);
        var to = Math.Min(Math.Min(down.To, evidence.PaidUntilUnixSeconds), endUnixSeconds);
        if (to <= from) return null;
        var paid = Money.Min(evidence.PaidFor(to - from), evidence.Receipt.Value.Charged - mark.Paid);
        return new FaultClaim(new Fault(FaultKind.Downtime, evidence.Provider, evidence.Lease, evidence.Tenant, from, to, Money.Max(paid, Money.Zero), reporter), evidence);
    }

    /// <summary>Whether the lease was there and owed in the interval, and the tenant gets no more than he paid. Says nothing about who was silent.</summary>
    /// <param name="mark">What has been put forward of the lease, as far as the asked one has signed it.</param>
    /// <param name="graceSeconds">How long before the interval the provider may have signed its last receipt.</param>
    /// <returns>Null where nothing is wrong.</returns>
    public string? Refusal(Eip712Domain domain, LeaseMark mark, long graceSeconds)
    {
        var fault = Fault;
        if (!fault.IsWellFormed() || fault.Kind != FaultKind.Downtime) return "it is no interval of downtime.";
        if (fault.Lease != Evidence.Lease || fault.Provider != Evidence.Provider || fault.Tenant != Evidence.Tenant) return "the evidence is of another lease, provider or tenant.";
        if (fault.Reporter != Evidence.Operator) return $"the reporter is {fault.Reporter}, not the lease's operator, {Evidence.Operator}.";
        if (Evidence.Refusal(domain) is { } refusal) return refusal;
        if (fault.FromUnixSeconds < Evidence.OpenFromUnixSeconds) return $"it begins at {fault.FromUnixSeconds}, the lease was surely open from {Evidence.OpenFromUnixSeconds} on.";
        if (fault.ToUnixSeconds > Evidence.PaidUntilUnixSeconds) return $"it ends at {fault.ToUnixSeconds}, the lease was paid until {Evidence.PaidUntilUnixSeconds}.";
        if (fault.FromUnixSeconds - graceSeconds > Evidence.CountedUntilUnixSeconds)
            return $"it begins at {fault.FromUnixSeconds}, and the provider's last receipt counts until {Evidence.CountedUntilUnixSeconds}: the lease may have ended before.";
        if (fault.FromUnixSeconds < mark.UntilUnixSeconds) return $"it begins at {fault.FromUnixSeconds}, and this lease is accused up to {mark.UntilUnixSeconds} already.";
        var seconds = fault.ToUnixSeconds - fault.FromUnixSeconds;
        if (fault.Paid > Evidence.PaidFor(seconds)) return $"paid is {fault.Paid}, for {seconds} s it can be {Evidence.PaidFor(seconds)} at most.";
        return fault.Paid + mark.Paid > Evidence.Receipt.Value.Charged ? $"with {mark.Paid} of before, paid is more than the {Evidence.Receipt.Value.Charged} of the whole lease." : null;
    }
}
