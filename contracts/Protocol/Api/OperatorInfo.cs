using System.Text.Json.Serialization;
using Grid.Chain.Crypto;
using Grid.Protocol.Json;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Api;

/// <summary><c>GET /v1/operator</c>: what a client must know before it signs or seals anything.</summary>
/// <param name="FeePpm">Millionths of each charge.</param>
/// <param name="Beacon">The beacon that new authorizations may name; zero where there is none.</param>
public sealed record OperatorInfo(
    Address Operator,
    long ChainId,
    Address VerifyingContract,
    LedgerKind Ledger,
    string TokenSymbol,
    uint FeePpm,
    int TickMs,
    int DefaultRunAheadSeconds,
    PublishedSealingKey SealingKey,
    Hash256 Beacon,
    string Version)
{
    /// <summary>The domain of every signature at this operator.</summary>
    public Eip712Domain Domain() => GridDomain.For(ChainId, VerifyingContract);
}

[JsonConverter(typeof(CamelCaseEnumConverter<LedgerKind>))]
public enum LedgerKind
{
    Local,
    Chain,
}
