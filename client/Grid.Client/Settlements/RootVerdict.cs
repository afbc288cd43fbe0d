using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;

namespace Grid.Client;

/// <summary>What is wrong with a payer's place under a root.</summary>
public enum RootFault
{
    None,

    /// <summary>The operator has shown no place.</summary>
    Missing,

    /// <summary>What it has shown does not prove a place.</summary>
    Unproven,

    /// <summary>Somebody else stands at the payer's place.</summary>
    Stranger,

    /// <summary>More is charged and held than there is.</summary>
    AboveBalance,

    /// <summary>No authorization that the payer has signed is shown for it.</summary>
    Unauthorized,

    /// <summary>More is charged and held than the authorization allows.</summary>
    AboveAuthorization,

    /// <summary>The operator has opened a lease on a later authorization, which allows less than is charged.</summary>
    Refuted,

    /// <summary>More is charged than providers have signed for. The payer has allowed it, so that no contract decides it.</summary>
    AboveReceipts,
}

/// <param name="Detail">For people; empty where nothing is wrong.</param>
/// <param name="Later">With <see cref="RootFault.Refuted"/>: what convicts the root, and the opening on it.</param>
public sealed record RootVerdict(RootFault Fault, string Detail, Signed<Authorization>? Later = null, Signed<Opening>? Opening = null)
{
    public static RootVerdict Good { get; } = new(RootFault.None, "");

    /// <summary>The operator cannot answer a challenge of it.</summary>
    public bool IsUnanswerable => Fault is not (RootFault.None or RootFault.Refuted or RootFault.AboveReceipts);
}

/// <summary>An account and a root as the escrow has them.</summary>
/// <param name="Number">The account's; its leaf has the index number − 1.</param>
/// <param name="Balance">Deposited − withdrawn − paid by lease claims.</param>
/// <param name="HasLeftSince">The payer completed an exit since the root was posted: what it holds was paid out.</param>
/// <param name="Accounts">Leaves of the root.</param>
public sealed record PostedRoot(
    Address Operator, Address Payer, uint Number, Money Balance, bool HasLeftSince, Hash256 Commitment, uint Accounts);

/// <summary>Judges a posted root from what its payer has kept: pure.</summary>
public static class RootJudging
{
    public static RootVerdict Judge(PostedRoot posted, KeptAccount kept, Eip712Domain domain)
    {
        // Who has no place under it owes nothing by it.
        if (posted.Number == 0 || posted.Number > posted.Accounts) return RootVerdict.Good;
        if (kept.Under(posted.Commitment) is not { } shown)
            return new RootVerdict(RootFault.Missing, "the operator has shown no leaf of this account.");
        var leaf = shown.Proof.Leaf;
        if (!shown.Proof.IsAt(posted.Number - 1))
            return new RootVerdict(RootFault.Unproven, "the leaf that the operator has shown is not in the root.");
        if (leaf.Payer != posted.Payer) return new RootVerdict(RootFault.Stranger, $"{leaf.Payer} stands at the place of this account.");

        var needed = leaf.Charged + leaf.Held;
        var covered = posted.HasLeftSince ? leaf.Charged : needed;
        if (covered > posted.Balance)
            return new RootVerdict(RootFault.AboveBalance, $"{covered} are charged and held; the balance is {posted.Balance}.");
        if (needed == Money.Zero) return RootVerdict.Good;
        return ByAuthorization(posted, kept, shown, domain) ?? ByLaterOpening(leaf, kept, posted, domain) ?? ByReceipts(leaf, kept);
    }

    private static RootVerdict? ByAuthorization(PostedRoot posted, KeptAccount kept, KeptLeaf shown, Eip712Domain domain)
    {
        var leaf = shown.Proof.Leaf;
        var signed = kept.Authorizations.Append(shown.Authorization).OfType<Signed<Authorization>>().FirstOrDefault(authorization =>
            authorization.Value.Digest(domain) == leaf.Authorization && IsMine(authorization, posted,
                domain) && authorization.Value.Sequence == leaf.Sequence);
        if (signed is null)
            return new RootVerdict(
                RootFault.Unauthorized, $"no authorization of this wallet is shown for number {leaf.Sequence}, {leaf.Authorization}.");
        var needed = leaf.Charged + leaf.Held;
        return needed <= signed.Value.CumulativeMax
            ? null
            : new RootVerdict(
                RootFault.AboveAuthorization,
                $"{needed} are charged and held; authorization {leaf.Sequence} allows {signed.Value.CumulativeMax}.");
    }

    private static RootVerdict? ByLaterOpening(PayerLeaf leaf, KeptAccount kept, PostedRoot posted, Eip712Domain domain)
    {
        foreach (
            var later in kept.Authorizations.Where(one => one.Value.Sequence > leaf.Sequence && one.Value.CumulativeMax < leaf.Charged))
        {
            var digest = later.Value.Digest(domain);
            var bill = kept.Bills.FirstOrDefault(
                one => one.Opening.Value.Authorization == digest && one.Opening.IsSignedBy(posted.Operator, domain));
            if (bill is null || !IsMine(later, posted, domain)) continue;
            var detail = $"{leaf.Charged} are charged; authorization {later.Value.Sequence}, on which lease {bill.Lease} was opened, allows {later.Value.CumulativeMax}.";
            return new RootVerdict(RootFault.Refuted, detail, later, bill.Opening);
        }

        return null;
    }

    private static RootVerdict ByReceipts(PayerLeaf leaf, KeptAccount kept) => leaf.Charged <= kept.Billed
        ? RootVerdict.Good
        : new RootVerdict(
            RootFault.AboveReceipts, $"{leaf.Charged} are charged; the receipts that are known here add up to {kept.Billed}.");

    private static bool IsMine(Signed<Authorization> authorization, PostedRoot posted, Eip712Domain domain) =>
        authorization.Value.Operator == posted.Operator && authorization.Value.Payer == posted.Payer && authorization.IsSignedBy(
            posted.Payer, domain);
}
