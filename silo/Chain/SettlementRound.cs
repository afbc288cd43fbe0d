using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Protocol;
using Grid.Settlements;
using Orleans;

namespace Grid.Silo.Chain;

/// <summary>Tells settlement how the escrow stands.</summary>
internal sealed class SettlementRound(
    ChainOptions options, IChain chain, EscrowMirror mirror, OpenChallenges challenges, IGrainFactory grains, GridIdentity identity) : IChainRound
{
    private readonly ChainDeployment _grid = options.Deployment;

    public async Task RunAsync(ChainMoment moment, CancellationToken cancellationToken)
    {
        var head = BlockTag.At(moment.Head.Number);
        var newest = await StandingAsync(head, cancellationToken);
        var firm = await StandingAsync(BlockTag.Finalized, cancellationToken);
        var ledger = await chain.ReadAsync(_grid.Escrow.LedgerOf(identity.Operator), head, cancellationToken);
        var bonded = await chain.ReadAsync(_grid.OperatorRegistry.OperatorOf(identity.Operator), head, cancellationToken);
        var settlement = grains.GetGrain<ISettlementLedgerGrain>(identity.Operator.ToString());
        if (newest is { IsOpen: true, OpenChallenges: > 0 })
        {
            foreach (var account in await challenges.FindAsync(newest.Posting, moment, cancellationToken)) await settlement.Challenged(newest.Posting, account);
        }

        await settlement.Observe(new EscrowView(
            (long)moment.Head.TimestampSeconds,
            newest,
            firm,
            ledger.LastPostedAtUnixSeconds,
            ledger.AbandonedAtUnixSeconds != 0,
            bonded.IsActive ? Money.Max(Money.Zero, bonded.Bond - bonded.Locked) : Money.Zero,
            ledger.FeesPaid,
            mirror.HasExits,
            _grid.Windows.DisputeSeconds,
            _grid.Windows.SilenceSeconds));
    }

    private async Task<RootStanding> StandingAsync(BlockTag at, CancellationToken cancellationToken)
    {
        var pending = await chain.ReadAsync(_grid.Escrow.PendingOf(identity.Operator), at, cancellationToken);
        var final = await chain.ReadAsync(_grid.Escrow.FinalRootOf(identity.Operator), at, cancellationToken);
        return new RootStanding(pending.Batch, pending.IsOpen, pending.Commitment, pending.PostedAtUnixSeconds, pending.OpenChallenges, final);
    }
}
