using System.Collections.Frozen;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;

namespace Grid.Chain.Ethereum.Contracts.Events;

/// <summary>Reads the logs of one deployment of the grid.</summary>
public sealed class ChainEvents
{
    private readonly FrozenDictionary<(Address Contract, Hash256 Topic), EventKind> _kinds;

    public ChainEvents(ChainDeployment deployment)
    {
        var contracts = deployment.Contracts;
        EventKind[] escrow = [.. EscrowEvent.Kinds, .. PayoutEvent.Kinds];
        EventKind[] operators = [.. OperatorEvent.Kinds, .. PayoutEvent.Kinds];
        EventKind[] providers = [.. ProviderEvent.Kinds, .. PayoutEvent.Kinds];
        EventKind[] court = [.. CourtEvent.Kinds, .. PayoutEvent.Kinds];
        var told = Of(contracts.Escrow, escrow)
            .Concat(Of(contracts.LeaseClaims, LeaseClaimEvent.Kinds))
            .Concat(Of(contracts.OperatorRegistry, operators))
            .Concat(Of(contracts.ProviderRegistry, providers))
            .Concat(Of(contracts.AttestationLedger, EraEvent.Kinds))
            .Concat(Of(contracts.SlashingCourt, court))
            .Concat(Of(contracts.RewardsDistributor, RewardEvent.Kinds))
            .Concat(Of(contracts.GridParameters, ParameterEvent.Kinds));
        _kinds = told.ToFrozenDictionary(entry => entry.Key, entry => entry.Kind);
        Filter = new LogFilter(
            [.. _kinds.Keys.Select(key => key.Contract).Distinct().Order()], [.. _kinds.Keys.Select(key => key.Topic).Distinct().Order()]);
    }

    /// <summary>All events of all contracts but the token, for a <c>BlockFollower</c>.</summary>
    public LogFilter Filter { get; }

    /// <returns>Null for a log of something else.</returns>
    /// <exception cref="AbiException">The log has the topic of an event and is none: not the contract that it should be.</exception>
    public PlacedEvent? Decode(LogEntry log) =>
        log.Topics.Length > 0 && _kinds.TryGetValue((log.Address, log.Topics[0]), out var kind)
            ? new PlacedEvent(kind.Decode(log), log.Address, log.Block, log.Transaction, log.Index)
            : null;

    private static IEnumerable<((Address Contract, Hash256 Topic) Key, EventKind Kind)> Of(
        Address contract, IEnumerable<EventKind> kinds) =>
        kinds.Select(kind => ((contract, kind.Abi.Topic), kind));
}
