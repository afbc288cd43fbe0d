using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Leases;
using Grid.Protocol;

namespace Grid.Simulation;

/// <summary>The sums of the leases that are over, so that they need not be read again.</summary>
internal sealed class SettledLeases
{
    private readonly SortedDictionary<Address, Money> _charged = [];
    private readonly SortedDictionary<Address, Money> _earned = [];

    public int Count { get; private set; }

    public Money ChargedTo(Address payer) => _charged.GetValueOrDefault(payer);

    public Money EarnedBy(Address provider) => _earned.GetValueOrDefault(provider);

    public void Add(LeaseState lease)
    {
        Count++;
        var terms = lease.Terms!;
        _charged[terms.Payer] = ChargedTo(terms.Payer) + lease.Charged;
        _earned[terms.Provider.Value] = EarnedBy(terms.Provider.Value) + PaidOf(lease);
    }

    public static Money PaidOf(LeaseState lease) => lease.Charged - Fee.RoundedDown(lease.Charged, lease.Terms!.FeePpm);
}
