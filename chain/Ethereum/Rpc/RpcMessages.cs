using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Rpc;

internal sealed record RpcRequest(string Jsonrpc, long Id, string Method, JsonElement[] Params);

/// <param name="Id">Null in an answer to what the server could not even parse.</param>
internal sealed record RpcResponse(long? Id, JsonElement Result = default, RpcError? Error = null);

internal sealed record RpcError(long Code, string? Message = null, JsonElement Data = default);

internal sealed record RpcBlock(
    ulong Number,
    Hash256 Hash,
    Hash256 ParentHash,
    ulong Timestamp,
    ReadOnlyMemory<byte> LogsBloom,
    UInt128 BaseFeePerGas = default);

internal sealed record RpcLog(
    Address Address,
    Hash256[] Topics,
    ReadOnlyMemory<byte> Data,
    ulong BlockNumber,
    Hash256 BlockHash,
    Hash256 TransactionHash,
    ulong LogIndex,
    bool Removed = false);

internal sealed record RpcReceipt(
    Hash256 TransactionHash,
    Address From,
    Hash256 BlockHash,
    ulong BlockNumber,
    ulong Status,
    ulong GasUsed,
    RpcLog[] Logs,
    UInt128 EffectiveGasPrice = default,
    Address? ContractAddress = null);

internal sealed record RpcLogFilter(Address[] Address, string FromBlock, string ToBlock, Hash256[][]? Topics);

/// <summary>The argument of eth_call and eth_estimateGas, and of the remote signers.</summary>
internal sealed record RpcTransaction(
    Address From,
    Address? To,
    ReadOnlyMemory<byte> Data,
    UInt128 Value,
    ulong? Gas = null,
    ulong? Nonce = null,
    ulong? ChainId = null,
    UInt128? MaxFeePerGas = null,
    UInt128? MaxPriorityFeePerGas = null);

[JsonSerializable(typeof(RpcRequest))]
[JsonSerializable(typeof(RpcRequest[]))]
[JsonSerializable(typeof(RpcResponse))]
[JsonSerializable(typeof(RpcResponse[]))]
[JsonSerializable(typeof(RpcBlock))]
[JsonSerializable(typeof(RpcLog[]))]
[JsonSerializable(typeof(RpcReceipt))]
[JsonSerializable(typeof(RpcReceipt[]))]
[JsonSerializable(typeof(RpcLogFilter))]
[JsonSerializable(typeof(RpcTransaction))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(JsonElement))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    MaxDepth = 32,
    Converters = [typeof(QuantityConverter), typeof(SmallQuantityConverter), typeof(HexDataConverter)])]
internal sealed partial class RpcJson : JsonSerializerContext;
