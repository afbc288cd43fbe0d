using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Events;
using Grid.Client;
using Grid.CommandLine.LocalGrids;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;
using Grid.Protocol;
using Grid.Protocol.Settlement;

namespace Grid.CommandLine.Demo;

/// <summary>Reads the demo's story back from the chain, and compares the books of both sides.</summary>
internal sealed class ChainBooks(LocalGrid grid, LocalChain local)
{
    /// <summary>Where burned fees go: the token is not the grid's.</summary>
    private static readonly Address s_burn = Address.Parse("0x000000000000000000000000000000000000dEaD");

    private readonly IChain _chain = local.Chain;
    private readonly ChainDeployment _deployment = local.Deployment;

    /// <returns>Everything that the grid's contracts have told, oldest first.</returns>
    public Task<IReadOnlyList<PlacedEvent>> EventsAsync(CancellationToken cancellation) =>
        ChainHistory.ReadAsync(_chain, _deployment, new ChainEvents(_deployment).Filter, cancellation);

    public async Task<DemoChain> ReportAsync(CancellationToken cancellation)
    {
        var events = await EventsAsync(cancellation);
        var eras = new List<DemoEra>();
        foreach (var one in events)
            if (one.Event is EraEvent.EraCommitted committed) eras.Add(await EraAsync(committed, one.Transaction, cancellation));
        return new DemoChain(
            [.. local.Contracts.Select(static one => new DemoContract(one.Name, one.CreatedContract!.Value, one.GasUsed))],
            await TransactionsAsync(events, cancellation),
            eras,
            [.. await SlashesAsync(events, cancellation)],
            [.. Settlements(events)],
            await IsConservedAsync(events, cancellation));
    }

    /// <summary>Final roots, each with what it says.</summary>
    private static IEnumerable<DemoSettlement> Settlements(IReadOnlyList<PlacedEvent> events)
    {
        var posted = events.Select(static one => one.Event).OfType<EscrowEvent.RootPosted>().ToDictionary(static one => (one.Operator, one.Batch));
        foreach (var final in events.Select(static one => one.Event).OfType<EscrowEvent.RootFinalized>())
        {
            var root = posted[(final.Operator, final.Batch)].Root;
            if (root.Charged > Money.Zero) yield return new DemoSettlement(final.Operator, final.Commitment, root.LeaseCount, root.Charged);
        }
    }

    private async Task<IReadOnlyList<DemoTransaction>> TransactionsAsync(IReadOnlyList<PlacedEvent> events, CancellationToken cancellation)
    {
        var ours = local.Transactions.ToDictionary(
            static one => one.Hash, static one => new DemoTransaction(one.Name, one.Hash, one.GasUsed, one.Block.Number));
        var names = events.GroupBy(static one => one.Transaction).Where(group => !ours.ContainsKey(group.Key))
            .ToDictionary(static group => group.Key, static group => NameOf(group.Select(static one => one.Event)));
        var all = new List<DemoTransaction>(ours.Values);
        foreach (var page in names.Keys.Chunk(Limits.ReceiptsAtOnce))
        {
            var receipts = await _chain.GetReceiptsAsync(page, cancellation);
            all.AddRange(receipts.Select(receipt =>
                new DemoTransaction(names[receipt.Transaction], receipt.Transaction, receipt.GasUsed, receipt.Block.Number)));
        }

        return [.. all.OrderBy(static one => one.Block)];
    }

    /// <summary>After what it was sent for: stake and bond that follow from that are told of in the same transaction.</summary>
    private static string NameOf(IEnumerable<ChainEvent> told) =>
        Words.Camel(told.OrderBy(static one => one is OperatorEvent or ProviderEvent or PayoutEvent).First().GetType().Name);

    private async Task<IReadOnlyList<DemoSlash>> SlashesAsync(IReadOnlyList<PlacedEvent> events, CancellationToken cancellation)
    {
        var slashes = new List<DemoSlash>();
        foreach (var proposed in events.Select(static one => one.Event).OfType<CourtEvent.Proposed>())
        {
            var now = await _chain.ReadAsync(_deployment.SlashingCourt.CaseOf(proposed.Id), BlockTag.Latest, cancellation);
            var executed = events.Select(static one => one.Event).OfType<CourtEvent.Executed>().FirstOrDefault(one => one.Id == proposed.Id);
            slashes.Add(new DemoSlash(proposed.Provider, now.Amount, executed?.Compensation ?? Money.Zero, Words.Enum(now.State)));
        }

        return slashes;
    }

    private async Task<DemoEra> EraAsync(EraEvent.EraCommitted committed, Hash256 transaction, CancellationToken cancellation)
    {
        var votes = (await grid.Client.GetEraAsync(committed.Era, cancellation)).Votes.Where(vote => vote.Value.Root == committed.Root);
        return new DemoEra(committed.Era, committed.Root, committed.Leaves, votes.Select(static vote => vote.Signature).Distinct().Count(), transaction);
    }

    /// <summary>The escrow holds what its ledgers say and what its payees have not fetched, all as of one block; each operator's accounts say what its last root says.</summary>
    private async Task<bool> IsConservedAsync(IReadOnlyList<PlacedEvent> events, CancellationToken cancellation)
    {
        var head = await _chain.GetBlockAsync(BlockTag.Latest, cancellation) ?? throw new GridException(GridErrorKind.BadAnswer, "The chain has no newest block.");
        var (at, sum) = (BlockTag.At(head.Number), Money.Zero);
        foreach (var known in grid.Operators)
        {
            sum += (await _chain.ReadAsync(_deployment.Escrow.LedgerOf(known.Address), at, cancellation)).Pool;
            if (!await AgreesAsync(known, events, cancellation)) return false;
        }

        foreach (var payee in (Address[])[s_burn, _deployment.Contracts.RewardsDistributor]) sum += await _chain.ReadAsync(_deployment.Escrow.OwedTo(payee), at, cancellation);
        return await _chain.ReadAsync(_deployment.Token.BalanceOf(_deployment.Contracts.Escrow), at, cancellation) == sum;
    }

    private async Task<bool> AgreesAsync(LocalOperator known, IReadOnlyList<PlacedEvent> events, CancellationToken cancellation)
    {
        var account = await known.Client.GetAccountAsync(grid.Tenant.Address, cancellation);
        if (account.Available + account.Held + account.Charged != account.Deposited) return false;
        var onChain = await _chain.ReadAsync(_deployment.Escrow.AccountOf(known.Address, grid.Tenant.Address), BlockTag.Latest, cancellation);
        var root = events.Select(static one => one.Event).OfType<EscrowEvent.RootPosted>().LastOrDefault(one => one.Operator == known.Address)?.Root ?? SettlementRoot.None;
        return account.Deposited == onChain.Balance && account.Charged == root.Charged && root.Charged == root.Earned + root.Fees;
    }
}
