using System.Collections.Immutable;
using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;
using Grid.Shards;
using Orleans;
using Orleans.Runtime;

namespace Grid.Settlements;

public sealed class SettlementGrain : Grain, ISettlementGrain
{
    private readonly AcknowledgedState<SettlementState> _stored;
    private readonly GridIdentity _identity;
    private ShownBook? _shown;

    public SettlementGrain([PersistentState("settlement")] IPersistentState<SettlementState> storage, GridIdentity identity)
    {
        _stored = new AcknowledgedState<SettlementState>(storage, this);
        _identity = identity;
    }

    private ulong Number => SettlementKey.BatchOf(this.GetPrimaryKeyString());

    public async Task<SettlementRoot> Collect(SettlementOrder order)
    {
        if (_stored.Value.Root is { } known) return known;
        var last = order.Base == 0 ? SettlementBook.Empty : SettlementBook.Of(await Parts(order.Base));

        // Leases first: what they charge by now is then held or paid in the accounts.
        var leases = await Leases(last.Leases.ToImmutableSortedDictionary(static lease => lease.Lease, static lease => lease.Charged));
        var payers = await Each(order.Accounts, line => FigureOf(line, order.ExitsDueBeforeUnixSeconds));
        var book = Collecting.After(last, Number, leases, payers, order.NewCredit);
        var (before, root) = (last.Trees().Root, book.Trees().Root);
        var isHigher = root.Charged >= before.Charged && root.Earned >= before.Earned && root.Fees >= before.Fees && root.Accounts >= before.Accounts;
        Invariant.That(isHigher && root.Charged - before.Charged <= order.NewCredit, "INV-CHAIN-06", $"batch {Number} makes {root} of {before}");

        var parts = book.Parts();
        for (var page = 0; page < parts.Count; page++) await GrainFactory.Page(Number, page).Store(parts[page]);
        await _stored.Store(new SettlementState { Root = root, Pages = parts.Count });
        return root;
    }

    public async Task<PayerShown?> ProvePayer(Address payer) => await Shown() is { } shown ? shown.Payer(payer) : null;

    public async Task<PayerShown?> ProveAccount(uint account) => await Shown() is { } shown ? shown.Account(account) : null;

    public async Task<ProviderProof?> ProveProvider(Address provider) => await Shown() is { } shown ? shown.Provider(provider) : null;

    public async Task<IReadOnlyList<PayerShown>> ProvePayersOf(Address provider) =>
        await Shown() is { } shown ? shown.PayersOf(provider, Number) : [];

    public async Task<LeaseShown?> ProveLease(LeaseId lease) => await Shown() is { } shown ? shown.Lease(lease) : null;

    public async Task BookLeases()
    {
        var book = SettlementBook.Of(await Parts(Number));
        await Each([.. book.Leases.Where(lease => lease.CompleteIn == Number)], async lease =>
        {
            await GrainFactory.GetGrain<ILeaseGrain>(lease.Lease.ToString()).Book(lease.Charged);
            return true;
        });
    }

    public async Task Discard()
    {
        for (var page = 0; page < Limits.Pages && await GrainFactory.Page(Number, page).Discard();) page++;
        if (_stored.Exists) await _stored.Clear();
        _shown = null;
        DeactivateOnIdle();
    }

    /// <summary>Every lease that is listed: a closed one stays so until a final root has charged it.</summary>
    /// <param name="charged">What the last final root has charged already.</param>
    private async Task<IReadOnlyList<LeaseFigure>> Leases(ImmutableSortedDictionary<LeaseId, Money> charged)
    {
        var listed = await Shard.ListAll(GrainFactory, ShardKind.Leases);
        var figures = await Each(listed, lease => Figure(lease, charged));
        return [.. figures.OfType<LeaseFigure>()];
    }

    private async Task<LeaseFigure?> Figure(string lease, ImmutableSortedDictionary<LeaseId, Money> charged)
    {
        var grain = GrainFactory.GetGrain<ILeaseGrain>(lease);
        var view = await grain.GetView();
        if (view.Terms is not { } terms) return null;
        var isClosed = view.Phase == LeasePhase.Closed;
        // Nothing more to charge: no further root need say so.
        if (isClosed && view.Charged <= charged.GetValueOrDefault(view.Lease)) await grain.Book(view.Charged);
        return new LeaseFigure(view.Lease, terms.Payer, terms.Provider.Value, view.Charged, terms.FeePpm, isClosed);
    }

    private async Task<PayerFigure> FigureOf(EscrowLine line, long exitsDueBefore)
    {
        var statement = await GrainFactory.GetGrain<IAccountGrain>(line.Payer.ToString()).GetStatement();
        var digest = statement.Authorization?.Value.Digest(_identity.Domain) ?? Hash256.Zero;
        // An exit may be due while the root is still open: nothing may be held then.
        var holds = line.IsLeaving || statement.IsLeaving ? ImmutableSortedDictionary<LeaseId, Money>.Empty : statement.Holds;
        var mayBeGone = line.IsLeaving && line.ExitReadyUnixSeconds < exitsDueBefore;
        return new PayerFigure(line.Payer, line.Balance - statement.Reserved, statement.Authorization, digest, holds, mayBeGone);
    }

    private async Task<ShownBook?> Shown()
    {
        if (_stored.Value.Root is null) return null;
        return _shown ??= new ShownBook(SettlementBook.Of(await Parts(Number)));
    }

    private async Task<IReadOnlyList<SettlementPart>> Parts(ulong batch)
    {
        var parts = new List<SettlementPart>();
        while (parts.Count < Limits.Pages && await GrainFactory.Page(batch, parts.Count).Get() is { } part) parts.Add(part);
        return parts;
    }

    private static async Task<IReadOnlyList<TResult>> Each<T, TResult>(IReadOnlyList<T> items, Func<T, Task<TResult>> ask)
    {
        var answers = new List<TResult>(items.Count);
        foreach (var batch in items.Chunk(Limits.CallsAtOnce)) answers.AddRange(await Task.WhenAll(batch.Select(ask)));
        return answers;
    }
}
