using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;

namespace Grid.Client;

/// <summary>A payer's place under a root, as the operator showed it.</summary>
public sealed record KeptLeaf(PayerProof Proof, Signed<Authorization>? Authorization);

/// <summary>What a payer keeps of a lease, all of it signed by others.</summary>
/// <param name="Receipt">The provider's newest.</param>
/// <param name="Settled">The lease's place under the newest root that was final when it was asked for.</param>
public sealed record KeptBill(LeaseId Lease, Signed<Opening> Opening, Signed<Receipt>? Receipt, Signed<Close>? Close, LeaseProof? Settled)
{
    public Money Charged => Receipt?.Value.Charged ?? Money.Zero;

    /// <summary>Nothing of it can change any more.</summary>
    public bool IsDone => Close is not null && Settled is { } settled && settled.Charged >= Charged;
}

/// <summary>
/// What a payer keeps of his account with one operator: with it he judges every root, challenges it, answers claims, and leaves, though
/// the operator has vanished.
/// </summary>
/// <param name="Leaves">The newest last; a root may be void, so that older ones stay.</param>
/// <param name="Authorizations">His own, by their numbers.</param>
/// <param name="ForgottenCharges">Of bills that are not kept any more.</param>
public sealed record KeptAccount(
    ImmutableArray<KeptLeaf> Leaves, ImmutableArray<Signed<Authorization>> Authorizations, ImmutableArray<KeptBill> Bills,
    Money ForgottenCharges)
{
    public static KeptAccount Empty { get; } = new([], [], [], Money.Zero);

    /// <summary>All that providers have signed for, as far as it is known here.</summary>
    public Money Billed => Bills.Aggregate(ForgottenCharges, static (sum, bill) => sum + bill.Charged);

    public KeptLeaf? Under(Hash256 commitment) => Leaves.LastOrDefault(leaf => leaf.Proof.Root.Commitment() == commitment);

    public KeptAccount With(PayerSettlement shown) =>
        With(shown.Final, shown.FinalAuthorization).With(shown.Open, shown.OpenAuthorization);

    /// <summary>An authorization that was signed here.</summary>
    public KeptAccount With(Signed<Authorization> authorization)
    {
        if (Authorizations.Contains(authorization)) return this;
        var all = Authorizations.Add(authorization).OrderBy(static known => known.Value.Sequence);
        return this with { Authorizations = [.. all.TakeLast(Limits.KeptAuthorizations)] };
    }

    /// <summary>A bill that <see cref="ReceiptVerification"/> found right. What was kept of the lease already never falls.</summary>
    public KeptAccount With(LeaseReceipts bill)
    {
        var known = Bills.FirstOrDefault(kept => kept.Lease == bill.Lease);
        var newest = bill.Receipts.Select(static entry => entry.Receipt).Append(known?.Receipt).OfType<Signed<Receipt>>().MaxBy(
            static receipt => receipt.Value.Seconds);
        var next = new KeptBill(bill.Lease, known?.Opening ?? bill.Opening, newest, bill.Close ?? known?.Close, known?.Settled);
        return With(known, next);
    }

    /// <summary>What a final root has charged for a lease.</summary>
    public KeptAccount With(LeaseId lease, LeaseProof settled) =>
        Bills.FirstOrDefault(kept => kept.Lease == lease) is { } known && settled
            .Shows(lease) ? With(known, known with { Settled = settled }) : this;

    private KeptAccount With(PayerProof? proof, Signed<Authorization>? authorization)
    {
        if (proof is null || proof.Root == SettlementRoot.None) return this;
        // The operator may have mended what it showed first.
        var others = Leaves.RemoveAll(leaf => leaf.Proof.Root == proof.Root);
        return this with { Leaves = [.. others.TakeLast(Limits.KeptLeaves - 1), new KeptLeaf(proof, authorization)] };
    }

    private KeptAccount With(KeptBill? before, KeptBill after)
    {
        if (before is not null) return this with { Bills = Bills.Replace(before, after) };
        if (Bills.Length < Limits.KeptBills) return this with { Bills = Bills.Add(after) };
        var oldest = Bills.FirstOrDefault(static bill => bill.IsDone) ?? Bills[0];
        return this with { Bills = Bills.Remove(oldest).Add(after), ForgottenCharges = ForgottenCharges + oldest.Charged };
    }
}
