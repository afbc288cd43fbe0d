using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>An auditor has checked something about a provider. Signed by the auditor's key; it counts until it expires.</summary>
/// <param name="Subject">What was checked: see <see cref="Offers.AuditSubject"/>.</param>
public sealed record Audit(ProviderId Provider, Hash256 Subject, long ExpiryUnixSeconds) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash("Audit(address provider,bytes32 subject,uint64 expiry)");

    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash).Add(Provider.Value).Add(Subject).Add(ExpiryUnixSeconds).ToHash256();

    public bool IsWellFormed() => ExpiryUnixSeconds >= 0;
}
