using System.Text.Json;

namespace Grid.Chain.Ethereum.Rpc;

/// <summary>The server understood the question and answered with an error.</summary>
internal sealed class RpcErrorException(string endpoint, string method, RpcError error)
    : Exception($"{endpoint} refused {method} (code {error.Code}): {Quoted.Of(error.Message)}")
{
    public string ServersWords { get; } = Quoted.Of(error.Message);

    /// <summary>What a reverted call gave back. Nodes agree on no code for it: geth and anvil say 3, others say "revert" in words.</summary>
    public Revert? Revert { get; } = RevertOf(error);

    public ChainException AsRefusal() => new(ChainFault.Refused, Message, this);

    private static Revert? RevertOf(RpcError error)
    {
        var data = error.Data.ValueKind == JsonValueKind.String && HexDataConverter.TryParse(error.Data.GetString()!, out var bytes) ? bytes : [];
        var isRevert = error.Code == 3 || error.Message?.Contains("revert", StringComparison.OrdinalIgnoreCase) == true;
        return isRevert ? new Revert(data, Quoted.Of(error.Message)) : null;
    }
}
