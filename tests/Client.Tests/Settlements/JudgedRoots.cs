using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;

namespace Grid.Tests.Client.Settlements;

/// <summary>What a payer finds in the roots of an operator that may lie.</summary>
public sealed class JudgedRoots : IDisposable
{
    private static readonly Eip712Domain s_domain = GridDomain.For(31337, Address.Parse("0x00000000000000000000000000000000000e5c01"));

    private readonly PrivateKey _payer = KeyOf(1);
    private readonly PrivateKey _operator = KeyOf(2);
    private readonly PrivateKey _stranger = KeyOf(3);

    [Fact]
    public void A_leaf_within_the_authorization_and_the_receipts_is_right()
    {
        var authorization = Authorize(1, 50);
        var kept = Shown(Leaf(20, 30, authorization), authorization).With(Bill(authorization, 20));

        Assert.Equal(RootVerdict.Good, Judge(kept));
    }

    [Fact]
    public void An_account_that_is_newer_than_the_root_owes_nothing_by_it() =>
        Assert.Equal(RootVerdict.Good, RootJudging.Judge(Posted(Leaf(0, 0, null)) with { Number = 3 }, KeptAccount.Empty, s_domain));

    [Fact]
    public void A_root_whose_leaf_was_never_shown_is_to_be_challenged()
    {
        var verdict = RootJudging.Judge(Posted(Leaf(0, 0, null)), KeptAccount.Empty, s_domain);

        Assert.Equal((RootFault.Missing, true), (verdict.Fault, verdict.IsUnanswerable));
    }

    [Fact]
    public void A_leaf_that_is_not_in_the_root_proves_nothing()
    {
        var (root, proof) = Tree(Leaf(20, 0, null));
        var kept = KeptAccount.Empty.With(new PayerSettlement(1, null, proof with { Leaf = proof.Leaf with { Charged = Tokens(10) } }));

        Assert.Equal(RootFault.Unproven, RootJudging.Judge(Posted(root), kept, s_domain).Fault);
    }

    [Fact]
    public void A_stranger_at_the_payers_place_is_found()
    {
        var authorization = Authorize(1, 50);
        var leaf = Leaf(20, 0, authorization) with { Payer = _stranger.Address };

        Assert.Equal(RootFault.Stranger, Judge(Shown(leaf, authorization)).Fault);
    }

    [Fact]
    public void No_more_than_the_balance_may_be_charged_and_held_but_an_exit_has_paid_out_what_was_held()
    {
        var authorization = Authorize(1, 500);
        var kept = Shown(Leaf(60, 50, authorization), authorization).With(Bill(authorization, 60));

        Assert.Equal(RootFault.AboveBalance, Judge(kept).Fault);
        var posted = Posted(kept.Leaves[^1].Proof.Root) with { Balance = Tokens(60), HasLeftSince = true };
        Assert.Equal(RootVerdict.Good, RootJudging.Judge(posted, kept, s_domain));
    }

    [Fact]
    public void Only_an_authorization_of_this_wallet_for_this_operator_counts()
    {
        var (mine, forged) = (Authorize(1, 50), Authorization(1, 50).Sign(_stranger, s_domain));

        Assert.Equal(RootFault.Unauthorized, Judge(Shown(Leaf(20, 0, mine), null)).Fault);
        Assert.Equal(RootFault.Unauthorized, Judge(Shown(Leaf(20, 0, forged), forged)).Fault);
        Assert.Equal(RootFault.Unauthorized, Judge(Shown(Leaf(20, 0, mine) with { Sequence = 2 }, mine)).Fault);
        var elsewhere = (Authorization(1, 50) with { Operator = _stranger.Address }).Sign(_payer, s_domain);
        Assert.Equal(RootFault.Unauthorized, Judge(Shown(Leaf(20, 0, elsewhere), elsewhere)).Fault);
    }

    [Fact]
    public void What_was_signed_here_is_known_though_the_operator_does_not_show_it()
    {
        var authorization = Authorize(1, 50);
        var kept = Shown(Leaf(20, 0, authorization), null).With(authorization).With(Bill(authorization, 20));

        Assert.Equal(RootVerdict.Good, Judge(kept));
    }

    [Fact]
    public void Charged_and_held_stay_within_the_authorization()
    {
        var authorization = Authorize(1, 50);

        var verdict = Judge(Shown(Leaf(20, 31, authorization), authorization).With(Bill(authorization, 20)));

        Assert.Equal((RootFault.AboveAuthorization, true), (verdict.Fault, verdict.IsUnanswerable));
    }

    [Fact]
    public void A_charge_under_an_old_authorization_is_refuted_by_the_opening_on_a_later_one_that_allows_less()
    {
        var (old, later) = (Authorize(1, 90), Authorize(2, 15));
        var kept = Shown(Leaf(20, 0, old), old).With(later).With(Bill(old, 20));

        Assert.Equal(RootVerdict.Good, Judge(kept));
        var verdict = Judge(kept.With(Bill(later, 0, lease: 8)));
        Assert.Equal((RootFault.Refuted, later), (verdict.Fault, verdict.Later));
        Assert.Equal(later.Value.Digest(s_domain), verdict.Opening!.Value.Authorization);
    }

    [Fact]
    public void More_than_the_receipts_say_is_told_but_no_challenge_decides_it()
    {
        var authorization = Authorize(1, 50);

        var verdict = Judge(Shown(Leaf(21, 0, authorization), authorization).With(Bill(authorization, 20)));

        Assert.Equal((RootFault.AboveReceipts, false), (verdict.Fault, verdict.IsUnanswerable));
    }

    [Fact]
    public void What_is_kept_of_a_lease_never_falls_and_the_newest_leaves_stay()
    {
        var authorization = Authorize(1, 1_000);
        var kept = KeptAccount.Empty.With(Bill(authorization, 20)).With(Bill(authorization, 10));
        for (var charged = 1; charged <= 40; charged++) kept = kept.With(
            new PayerSettlement(1, null, Tree(Leaf(charged, 0, authorization)).Proof, null, authorization));

        Assert.Equal((Tokens(20), 1), (kept.Billed, kept.Bills.Length));
        Assert.Equal((Grid.Client.Limits.KeptLeaves, Tokens(40)), (kept.Leaves.Length, kept.Leaves[^1].Proof.Leaf.Charged));
    }

    public void Dispose()
    {
        foreach (var key in (PrivateKey[])[_payer, _operator, _stranger]) key.Dispose();
    }

    private RootVerdict Judge(KeptAccount kept) => RootJudging.Judge(Posted(kept.Leaves[^1].Proof.Root), kept, s_domain);

    private PostedRoot Posted(PayerLeaf leaf) => Posted(Tree(leaf).Root);

    private PostedRoot Posted(SettlementRoot root) =>
        new(_operator.Address, _payer.Address, Number: 2, Tokens(100), HasLeftSince: false, root.Commitment(), root.Accounts);

    private KeptAccount Shown(PayerLeaf leaf, Signed<Authorization>? authorization) =>
        KeptAccount.Empty.With(new PayerSettlement(1, null, Tree(leaf).Proof, null, authorization));

    /// <summary>The payer's account is the second one.</summary>
    private (SettlementRoot Root, PayerProof Proof) Tree(PayerLeaf leaf)
    {
        var other = new PayerLeaf(_stranger.Address, Tokens(5), Money.Zero, 4, Keccak256.Hash([4]));
        var trees = new SettlementTrees([other, leaf], [new ProviderLeaf(_stranger.Address, Tokens(5))], []);
        return (trees.Root, trees.PayerAt(1));
    }

    private PayerLeaf Leaf(long charged, long held, Signed<Authorization>? authorization) => new(
        _payer.Address, Tokens(charged), Tokens(held), authorization?.Value.Sequence ?? 0, authorization?.Value
            .Digest(s_domain) ?? Hash256.Zero);

    private Signed<Authorization> Authorize(ulong sequence, long cumulativeMax) =>
        Authorization(sequence, cumulativeMax).Sign(_payer, s_domain);

    private Authorization Authorization(ulong sequence, long cumulativeMax) => new(
        _operator.Address, _payer.Address, _payer.Address, default, sequence, default, Keccak256
            .Hash([1]), new RatePerHour(1_000), Tokens(cumulativeMax), Tokens(cumulativeMax), 1_000, default);

    private LeaseReceipts Bill(Signed<Authorization> authorization, long charged, byte lease = 7)
    {
        var id = new LeaseId(Keccak256.Hash([lease]));
        var opening = new Opening(
            id, authorization.Value
                .Digest(s_domain), new ProviderId(_stranger.Address), new FencingToken(1), default, new RatePerHour(1_000), 0, 1_000);
        var receipt = new Receipt(id, charged, Tokens(charged), default, default).Sign(_stranger, s_domain);
        return new LeaseReceipts(
            id, opening.Sign(_operator, s_domain), [new ReceiptEntry(receipt, new Provenance(default, [], [], []), default)]);
    }

    private static Money Tokens(long tokens) => Money.FromTokens(tokens);

    private static PrivateKey KeyOf(byte number)
    {
        var bytes = new byte[PrivateKey.SizeBytes];
        bytes[^1] = number;
        return PrivateKey.FromBytes(bytes);
    }
}
