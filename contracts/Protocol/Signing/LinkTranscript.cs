using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>What both sides of a node link sign before a frame is believed.</summary>
/// <param name="OperatorKey">SHA-256 of the operator's ephemeral public key, 65 bytes uncompressed.</param>
/// <param name="ProviderKey">SHA-256 of the node's ephemeral public key, 65 bytes uncompressed.</param>
/// <param name="ExpiryUnixSeconds">By the operator's clock.</param>
public sealed record LinkTranscript(
    long ChainId,
    Address Operator,
    ProviderId Provider,
    Hash256 OperatorKey,
    Hash256 ProviderKey,
    Hash256 OperatorNonce,
    Hash256 ProviderNonce,
    long ExpiryUnixSeconds) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash(
        "LinkTranscript(uint64 chainId,address operator,address provider,bytes32 operatorKey,bytes32 providerKey,bytes32 operatorNonce," +
        "bytes32 providerNonce,uint64 expiry)");

    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash)
        .Add(ChainId).Add(Operator).Add(Provider.Value).Add(OperatorKey).Add(ProviderKey).Add(OperatorNonce).Add(ProviderNonce).Add(ExpiryUnixSeconds)
        .ToHash256();

    public bool IsWellFormed() => ChainId >= 0 && ExpiryUnixSeconds >= 0;
}
