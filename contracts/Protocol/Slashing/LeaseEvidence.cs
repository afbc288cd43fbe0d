using Grid.Chain.Crypto;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Slashing;

/// <summary>What proves a lease to somebody who never saw it: whose it is, at whom, how far it was paid, and that the provider itself has counted it.</summary>
/// <param name="Authorization">The tenant's.</param>
/// <param name="Opening">The operator's.</param>
/// <param name="PaidThrough">The operator's.</param>
/// <param name="Receipt">The provider's last one.</param>
public sealed record LeaseEvidence(Signed<Authorization> Authorization, Signed<Opening> Opening, Signed<PaidThrough> PaidThrough, Signed<Receipt> Receipt)
{
    public LeaseId Lease => Opening.Value.Lease;

    public ProviderId Provider => Opening.Value.Provider;

    /// <summary>Who pays, and who is compensated.</summary>
    public Address Tenant => Authorization.Value.Payer;

    public Address Operator => Authorization.Value.Operator;

    /// <summary>The second from which the lease was surely open: its acceptance ran out then.</summary>
    public long OpenFromUnixSeconds => Opening.Value.ExpiryUnixSeconds;

    /// <summary>The second at which what is paid is surely used up.</summary>
    public long PaidUntilUnixSeconds => Later(PaidThrough.Value.Seconds);

    /// <summary>At the latest, the second up to which the provider itself says that it has run.</summary>
    public long CountedUntilUnixSeconds => Later(Receipt.Value.Seconds);

    /// <summary>The price of an interval, and never more than what the tenant has paid for the lease so far.</summary>
    public Money PaidFor(long seconds) => Money.Min(Opening.Value.RatePerHour.ChargeRoundedDown(seconds), Receipt.Value.Charged);

    /// <returns>Why these four do not prove a lease; null where they do.</returns>
    public string? Refusal(Eip712Domain domain)
    {
        var (authorization, opening, paid, receipt) = (Authorization.Value, Opening.Value, PaidThrough.Value, Receipt.Value);
        if (authorization.Signer != authorization.Payer || !Authorization.IsSignedBy(authorization.Payer, domain)) return $"the authorization is not signed by its payer, {authorization.Payer}.";
        if (!Opening.IsSignedBy(authorization.Operator, domain)) return $"the opening is not signed by the authorized operator, {authorization.Operator}.";
        if (opening.Authorization != authorization.Digest(domain)) return "the opening names another authorization.";
        if (opening.RatePerHour > authorization.MaxRatePerHour) return $"the rate is {opening.RatePerHour}, the tenant allowed {authorization.MaxRatePerHour}.";
        if (paid.Lease != opening.Lease || !PaidThrough.IsSignedBy(authorization.Operator, domain)) return "paidThrough is of another lease or not signed by the authorized operator.";
        if (paid.Seconds > opening.RatePerHour.SecondsCovered(authorization.MaxTotal)) return $"{paid.Seconds} s are paid, more than the tenant allowed with {authorization.MaxTotal}.";
        if (receipt.Lease != opening.Lease || !Receipt.IsSignedBy(opening.Provider.Value, domain)) return "the receipt is of another lease or not signed by the provider.";
        if (receipt.Seconds > paid.Seconds) return $"the receipt counts {receipt.Seconds} s, paid are {paid.Seconds} s.";
        var charge = opening.RatePerHour.ChargeRoundedDown(receipt.Seconds);
        return receipt.Charged == charge ? null : $"the receipt charges {receipt.Charged}, the rate makes {charge}.";
    }

    // What others sent may name any second.
    private long Later(long seconds) => OpenFromUnixSeconds > long.MaxValue - seconds ? long.MaxValue : OpenFromUnixSeconds + seconds;
}
