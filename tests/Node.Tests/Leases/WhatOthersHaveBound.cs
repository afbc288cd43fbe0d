using Grid.Chain.Crypto;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;

namespace Grid.Tests.Node.Leases;

/// <summary>What a node sells through one operator, the others hear of as taken.</summary>
public sealed class WhatOthersHaveBound
{
    private static readonly PrivateKey A = Sample.OperatorA;
    private static readonly PrivateKey B = Sample.OperatorB;
    private static readonly Bindings s_wanted = Sample.BindingsOf(Sample.Manifest()) with { CpuMillis = 3000, Devices = [new BoundDevice("GPU-1", 400)] };

    [Fact]
    public void A_binding_and_its_end_are_told_to_the_other_operators_at_once()
    {
        using var node = new NodeWorld();
        node.Tell(grain => grain.Welcomed(B.Address, 60_000, saysWhatItHeard: false));
        node.Posted.Clear();

        var answer = node.Propose(A, Sample.Proposal(A, 1, bindings: s_wanted));

        var told = Assert.Single(node.Heard<Heartbeat>(B)).Elsewhere!;
        Assert.Equal((3000, 400), (told.Amounts.CpuMillis, told.ShareOf("GPU-1")));
        Assert.Empty(node.Heard<Heartbeat>(A));
        node.Tell(grain => grain.Take(A.Address, Sample.Close(A, answer.Lease, 0)));
        Assert.Equal(BoundElsewhere.Nothing, node.Heard<Heartbeat>(B).Last().Elsewhere);
    }

    [Fact]
    public void Every_beat_says_it_again_and_leaves_out_what_is_the_operators_own()
    {
        using var node = new NodeWorld();
        node.Propose(A, Sample.Proposal(A, 1, bindings: s_wanted));
        node.Propose(B, Sample.Proposal(B, 2));
        node.Posted.Clear();

        node.Pass(1);

        Assert.Equal(3000, node.Heard<Heartbeat>(B).Last().Elsewhere!.Amounts.CpuMillis);
        Assert.Equal(500, node.Heard<Heartbeat>(A).Last().Elsewhere!.Amounts.CpuMillis);
    }

    [Fact]
    public void What_is_taken_meanwhile_is_refused_as_bound_already()
    {
        using var node = new NodeWorld();
        node.Propose(A, Sample.Proposal(A, 1, bindings: s_wanted));

        var refusal = node.Propose(B, Sample.Proposal(B, 2, bindings: s_wanted)).Refusal!;

        Assert.Equal(RefusalCode.CapacityBound, refusal.Code);
        Assert.StartsWith("bound already: cpu, 6000 of 4000", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_that_comes_back_is_told_before_anything_else()
    {
        using var node = new NodeWorld();
        node.Run(A, 1, proposal: Sample.Proposal(A, 1, bindings: s_wanted));

        node.Restart();

        var ledger = node.Ask(static grain => grain.GetLedger());
        Assert.Equal(3000, ledger.BoundElsewhere(B.Address).Amounts.CpuMillis);
        Assert.Equal(BoundElsewhere.Nothing, ledger.BoundElsewhere(A.Address));
    }
}
