using System.Collections.Immutable;
using Grid.Chain.Ethereum.Contracts;
using Grid.Settlements;

namespace Grid.Silo.Chain;

/// <summary>The chain that an operator's deposits lie on.</summary>
/// <param name="RpcUrls">JSON-RPC endpoints; with two, nothing is believed that they do not agree on. They may hold access keys and are
/// never shown.</param>
public sealed record ChainOptions(ChainDeployment Deployment, ImmutableArray<Uri> RpcUrls)
{
    /// <summary>How often the chain is looked at.</summary>
    public TimeSpan Poll { get; init; } = Limits.DefaultPoll;

    public SettlementSchedule Schedule { get; init; } = SettlementSchedule.Default;

    public override string ToString() => $"chain {Deployment.ChainId}, escrow {Deployment.Contracts.Escrow}, {RpcUrls.Length} endpoints";
}
