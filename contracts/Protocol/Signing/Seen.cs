using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>The operator saw the provider at that second. Signed by the operator's key; the node keeps it for an appeal.</summary>
public sealed record Seen(ProviderId Provider, long AtUnixSeconds) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash("Seen(address provider,uint64 at)");

    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash).Add(Provider.Value).Add(AtUnixSeconds).ToHash256();

    public bool IsWellFormed() => AtUnixSeconds >= 0;
}
