using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>A tenant lets an operator spend for one deployment. Numbered without gaps per (payer, operator).</summary>
/// <param name="Operator">Who may charge.</param>
/// <param name="Payer">Whose deposit is charged.</param>
/// <param name="Signer">Whose key signs: the payer, or a delegate under <paramref name="Mandate"/>.</param>
/// <param name="Mandate">Hash of the delegate's mandate; zero where the payer signs himself.</param>
/// <param name="Sequence">1, 2, 3 … per (payer, operator).</param>
/// <param name="Deployment">Zero for a new deployment, whose id is then this authorization's digest.</param>
/// <param name="ManifestHash">SHA-256 of the canonical model, secrets replaced by the hash of their sealed bytes.</param>
/// <param name="MaxRatePerHour">Ceiling over all leases of the deployment together.</param>
/// <param name="MaxTotal">Ceiling of what the deployment may ever cost.</param>
/// <param name="CumulativeMax">What the payer acknowledges so far plus the maxima of his live deployments: charged + held ≤ it.</param>
/// <param name="ExpiryUnixSeconds">Not accepted from then on; live leases go on.</param>
/// <param name="Beacon">The beacon that the payer saw; zero where he names none.</param>
public sealed record Authorization(
    Address Operator,
    Address Payer,
    Address Signer,
    Hash256 Mandate,
    ulong Sequence,
    Hash256 Deployment,
    Hash256 ManifestHash,
    RatePerHour MaxRatePerHour,
    Money MaxTotal,
    Money CumulativeMax,
    long ExpiryUnixSeconds,
    Hash256 Beacon) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash(
        "Authorization(address operator,address payer,address signer,bytes32 mandate,uint64 sequence,bytes32 deployment,bytes32 manifestHash," +
        "uint64 maxRatePerHour,uint64 maxTotal,uint64 cumulativeMax,uint64 expiry,bytes32 beacon)");

    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash)
        .Add(Operator).Add(Payer).Add(Signer).Add(Mandate).Add(Sequence).Add(Deployment).Add(ManifestHash)
        .Add(MaxRatePerHour.MicroUnits).Add(MaxTotal.MicroUnits).Add(CumulativeMax.MicroUnits).Add(ExpiryUnixSeconds).Add(Beacon)
        .ToHash256();

    public bool IsWellFormed() => MaxRatePerHour.MicroUnits >= 0 && !MaxTotal.IsNegative && !CumulativeMax.IsNegative && ExpiryUnixSeconds >= 0;
}
