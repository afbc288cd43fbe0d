using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Settlement;

namespace Grid.Settlements;

/// <summary>A batch's leaves with all that is needed to prove any of them at once.</summary>
internal sealed class ShownBook
{
    private readonly SettlementBook _book;
    private readonly SettlementTrees _trees;
    private readonly SortedDictionary<Address, uint> _payers = [];
    private readonly SortedDictionary<Address, uint> _providers = [];
    private readonly SortedDictionary<LeaseId, uint> _leases = [];

    public ShownBook(SettlementBook book)
    {
        (_book, _trees) = (book, book.Trees());
        for (var i = 0; i < book.Payers.Length; i++) _payers[book.Payers[i].Leaf.Payer] = (uint)i;
        for (var i = 0; i < book.Providers.Length; i++) _providers[book.Providers[i].Provider] = (uint)i;
        for (var i = 0; i < book.Leases.Length; i++) _leases[book.Leases[i].Lease] = (uint)i;
    }

    public PayerShown? Payer(Address payer) => _payers.TryGetValue(payer, out var index) ? Account(index) : null;

    public PayerShown? Account(uint index) =>
        index < _book.Payers.Length ? new PayerShown(index, _trees.PayerAt(index), _book.Payers[(int)index].Authorization) : null;

    public ProviderProof? Provider(Address provider) => _providers.TryGetValue(provider, out var index) ? _trees.ProviderAt(index) : null;

    /// <param name="batch">This one: leases that it charges to their end are not long settled.</param>
    public IReadOnlyList<PayerShown> PayersOf(Address provider, ulong batch)
    {
        var open = _book.Leases.Where(lease => lease.Provider == provider && (lease.CompleteIn == 0 || lease.CompleteIn == batch));
        return [.. open.Select(static lease => lease.Payer).Distinct().Take(Limits.PayersShown).Select(Payer).OfType<PayerShown>()];
    }

    public LeaseShown? Lease(LeaseId lease)
    {
        if (!_leases.TryGetValue(lease, out var index)) return null;
        var booked = _book.Leases[(int)index];
        return new LeaseShown(booked.Payer, booked.Provider, _trees.LeaseAt(index));
    }
}
