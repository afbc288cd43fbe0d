namespace Grid.Protocol.Settlement;

/// <summary>The three trees of one root, built from their leaves, and every proof under it.</summary>
public sealed class SettlementTrees
{
    private readonly IReadOnlyList<PayerLeaf> _payers;
    private readonly IReadOnlyList<ProviderLeaf> _providers;
    private readonly IReadOnlyList<LeaseLeaf> _leases;
    private readonly SumTree _payerTree;
    private readonly SumTree _providerTree;
    private readonly IndexedTree _leaseTree;

    /// <param name="payers">By account number, without gaps.</param>
    /// <exception cref="ArgumentException">Charges are less than earnings: a fee is never negative.</exception>
    public SettlementTrees(IReadOnlyList<PayerLeaf> payers, IReadOnlyList<ProviderLeaf> providers, IReadOnlyList<LeaseLeaf> leases)
    {
        (_payers, _providers, _leases) = (payers, providers, leases);
        _payerTree = new SumTree([.. payers.Select(static (leaf, index) => leaf.Node((uint)index))]);
        _providerTree = new SumTree([.. providers.Select(static (leaf, index) => leaf.Node((uint)index))]);
        _leaseTree = new IndexedTree([.. leases.Select(static (leaf, index) => leaf.Hash((uint)index))]);
        var (payer, provider) = (_payerTree.Root, _providerTree.Root);
        if (payer.Amount < provider.Amount)
            throw new ArgumentException($"Providers earned {provider.Amount}, payers were charged {payer.Amount} only.", nameof(providers));
        Root = new SettlementRoot(
            payer.Hash, provider.Hash, _leaseTree.Root, payer.Amount, payer.Held, provider.Amount, payer.Amount - provider.Amount,
            _payerTree.Count, _providerTree.Count, _leaseTree.Count);
    }

    public SettlementRoot Root { get; }

    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public PayerProof PayerAt(uint index) => new(Root, _payers[(int)index], _payerTree.PathOf(index));

    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public ProviderProof ProviderAt(uint index) => new(Root, _providers[(int)index].Earned, index, _providerTree.PathOf(index));

    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public LeaseProof LeaseAt(uint index) => new(Root, _leases[(int)index].Charged, index, _leaseTree.PathOf(index));
}
