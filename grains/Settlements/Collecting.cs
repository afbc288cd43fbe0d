using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Settlement;

namespace Grid.Settlements;

/// <summary>
/// How a batch follows from the last final one: a pure function of what leases, accounts and the escrow say. It charges what leases have
/// charged, as far as each payer's deposit and latest authorization and the operator's bond cover it; what is not covered waits for a
/// later batch. Charged = earned + fees, lease by lease, and nothing falls.
/// </summary>
public static class Collecting
{
    /// <param name="batch">The number of the batch that is made.</param>
    /// <param name="payers">By account number, without gaps; never fewer than the last book has.</param>
    public static SettlementBook After(
        SettlementBook last, ulong batch, IReadOnlyList<LeaseFigure> leases, IReadOnlyList<PayerFigure> payers, Money newCredit)
    {
        var charging = new Charging(last, payers, newCredit);
        var known = last.Leases.Select(static lease => lease.Lease).ToImmutableSortedSet();
        var figures = leases.ToImmutableSortedDictionary(static figure => figure.Lease, static figure => figure);
        var booked = ImmutableArray.CreateBuilder<BookedLease>(last.Leases.Length + leases.Count);
        foreach (var lease in last.Leases)
            booked.Add(figures.TryGetValue(lease.Lease, out var figure) ? charging.Charge(lease, figure, batch) : lease);

        foreach (var figure in figures.Values.Where(figure => !known.Contains(figure.Lease)))
        {
            var first = new BookedLease(figure.Lease, figure.Payer, figure.Provider, Money.Zero, figure.FeePpm, 0);
            var charged = charging.Charge(first, figure, batch);
            if (charged.Charged > Money.Zero) booked.Add(charged);
        }

        var shown = WithoutOldest(booked.ToImmutable());
        return new SettlementBook(Payers(payers, charging, shown), charging.Earned(), shown);
    }

    private static ImmutableArray<BookedPayer> Payers(IReadOnlyList<PayerFigure> payers, Charging charging, ImmutableArray<BookedLease> leases)
    {
        var charges = leases.ToImmutableSortedDictionary(static lease => lease.Lease, static lease => lease.Charged);
        return [.. payers.Select(payer => Booked(payer, charging.ChargedTo(payer.Payer), charges))];
    }

    private static BookedPayer Booked(PayerFigure payer, Money charged, ImmutableSortedDictionary<LeaseId, Money> charges)
    {
        var open = payer.Holds.Aggregate(
            Money.Zero, (sum, hold) => sum + Money.Max(Money.Zero, hold.Value - charges.GetValueOrDefault(hold.Key)));
        var held = Money.Max(Money.Zero, Money.Min(open, payer.Covered - charged));
        if (charged + held == Money.Zero) return new BookedPayer(new PayerLeaf(payer.Payer, charged, held, 0, Hash256.Zero), null);
        var sequence = payer.Authorization?.Value.Sequence ?? 0;
        return new BookedPayer(new PayerLeaf(payer.Payer, charged, held, sequence, payer.Digest), payer.Authorization);
    }

    /// <summary>
    /// What falls out of the tree stays charged; only that nobody can show any more what this one lease of long ago was charged.
    /// </summary>
    private static ImmutableArray<BookedLease> WithoutOldest(ImmutableArray<BookedLease> leases)
    {
        var surplus = leases.Count(static lease => lease.CompleteIn != 0) - Limits.CompleteLeases;
        if (surplus <= 0) return leases;
        return [.. leases.Where(lease => lease.CompleteIn == 0 || surplus-- <= 0)];
    }
}
