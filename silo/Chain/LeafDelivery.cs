using Grid.Protocol.Link.Messages;
using Grid.Settlements;
using Grid.Silo.Links;
using Orleans;

namespace Grid.Silo.Chain;

/// <summary>
/// Shows each connected node what the next root says that it has earned. Registered behind settlement: a batch is collected in one round,
/// shown in the same, and posted in the next. Who is not connected asks for it.
/// </summary>
internal sealed class LeafDelivery(NodeSessions sessions, IGrainFactory grains, GridIdentity identity) : IChainRound
{
    private ulong _delivered;

    public async Task RunAsync(ChainMoment moment, CancellationToken cancellationToken)
    {
        var status = await grains.GetGrain<ISettlementLedgerGrain>(identity.Operator.ToString()).GetStatus();
        if (status.OpenBatch == 0 || status.OpenBatch == _delivered) return;
        foreach (var session in sessions.All())
        {
            var proof = await grains.Batch(status.OpenBatch).ProveProvider(session.Provider.Value);
            if (proof is null) continue;
            var payers = await grains.Batch(status.OpenBatch).ProvePayersOf(session.Provider.Value);
            await session.TellAsync(new SettlementShown(proof, [.. payers.Select(static payer => payer.Proof)]));
        }

        _delivered = status.OpenBatch;
    }
}
