using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Simulation;

/// <summary>The sums of the leases that are over, so that they need not be read again.</summary>
internal sealed class SettledLeases
{
    private readonly SortedDictionary<Address, Money> _charged = [];
    private readonly SortedDictionary<Address, Money> _earned = [];

    private readonly SortedDictionary<CloseReason, int> _reasons = [];

    public int Count { get; private set; }

    public Money ChargedTo(Address payer) => _charged.GetValueOrDefault(payer);

    public Money EarnedBy(Address provider) => _earned.GetValueOrDefault(provider);

    public void Add(LeaseState lease)
    {
        Count++;
        _reasons[lease.Reason] = EndedFor(lease.Reason) + 1;
        var terms = lease.Terms!;
        _charged[terms.Payer] = ChargedTo(terms.Payer) + lease.Charged;
        _earned[terms.Provider.Value] = EarnedBy(terms.Provider.Value) + PaidOf(lease);
    }

    public int EndedFor(CloseReason reason) => _reasons.GetValueOrDefault(reason);

    public static Money PaidOf(LeaseState lease) => lease.Charged - Fee.RoundedDown(lease.Charged, lease.Terms!.FeePpm);
}
