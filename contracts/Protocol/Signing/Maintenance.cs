using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>A provider may be away from one second up to another. Signed by the node's key, ahead of time; never taken back.</summary>
public sealed record Maintenance(ProviderId Provider, long FromUnixSeconds, long ToUnixSeconds) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash("Maintenance(address provider,uint64 from,uint64 to)");

    public Hash256 StructHash() =>
        Eip712StructHash.Begin(TypeHash).Add(Provider.Value).Add(FromUnixSeconds).Add(ToUnixSeconds).ToHash256();

    public bool IsWellFormed() => FromUnixSeconds >= 0 && FromUnixSeconds < ToUnixSeconds;

    /// <summary>Whether any of it lies in these seconds.</summary>
    public bool Meets(long fromUnixSeconds, long toUnixSeconds) => FromUnixSeconds < toUnixSeconds && fromUnixSeconds < ToUnixSeconds;
}
