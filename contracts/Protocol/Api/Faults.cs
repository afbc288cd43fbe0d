using Grid.Chain.Crypto;
using Grid.Protocol.Signing;
using Grid.Protocol.Slashing;

namespace Grid.Protocol.Api;

/// <summary><c>POST /v1/operators/faults</c>: the operator of a lease shows its peers a fault with its proof, and asks for their signatures.</summary>
public sealed record FaultRequest(
    Fault Fault, Signed<Authorization> Authorization, Signed<Opening> Opening, Signed<PaidThrough> PaidThrough, Signed<Receipt> Receipt)
{
    public static FaultRequest Of(FaultClaim claim) =>
        new(claim.Fault, claim.Evidence.Authorization, claim.Evidence.Opening, claim.Evidence.PaidThrough, claim.Evidence.Receipt);

    public FaultClaim ToClaim() => new(Fault, new LeaseEvidence(Authorization, Opening, PaidThrough, Receipt));
}

/// <summary>Either the operator's signature under the fault, or why it does not sign.</summary>
public sealed record FaultAnswer(Signature? Signature, string? Refusal);
