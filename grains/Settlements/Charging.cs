using System.Collections.Immutable;
using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Settlement;

namespace Grid.Settlements;

/// <summary>The running sums of one batch while it is made.</summary>
internal sealed class Charging
{
    private readonly SortedDictionary<Address, Money> _charged = [];
    private readonly SortedDictionary<Address, Money> _earned = [];
    private readonly SortedDictionary<Address, Money> _covered = [];
    private Money _credit;

    public Charging(SettlementBook last, IReadOnlyList<PayerFigure> payers, Money newCredit)
    {
        foreach (var payer in last.Payers) _charged[payer.Leaf.Payer] = payer.Leaf.Charged;
        foreach (var provider in last.Providers) _earned[provider.Provider] = provider.Earned;
        foreach (var payer in payers) _covered[payer.Payer] = payer.Covered;
        _credit = newCredit;
    }

    public Money ChargedTo(Address payer) => _charged.GetValueOrDefault(payer);

    /// <summary>By address: each provider once.</summary>
    public ImmutableArray<ProviderLeaf> Earned() => [.. _earned.Select(static provider => new ProviderLeaf(provider.Key, provider.Value))];

    public BookedLease Charge(BookedLease lease, LeaseFigure figure, ulong batch)
    {
        var charge = Money.Min(figure.Charged - lease.Charged, RoomOf(lease.Payer));
        if (charge <= Money.Zero) return IsComplete(lease, figure) ? lease with { CompleteIn = batch } : lease;

        var after = lease with { Charged = lease.Charged + charge };
        var fee = Fee.RoundedDown(after.Charged, lease.FeePpm) - Fee.RoundedDown(lease.Charged, lease.FeePpm);
        _charged[lease.Payer] = ChargedTo(lease.Payer) + charge;
        _earned[lease.Provider] = _earned.GetValueOrDefault(lease.Provider) + charge - fee;
        _credit -= charge;
        return IsComplete(after, figure) ? after with { CompleteIn = batch } : after;
    }

    private Money RoomOf(Address payer) => Money.Min(_credit, _covered.GetValueOrDefault(payer) - ChargedTo(payer));

    private static bool IsComplete(BookedLease lease, LeaseFigure figure) =>
        figure.IsClosed && lease.CompleteIn == 0 && lease.Charged >= figure.Charged;
}
