using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;
using Grid.Node.Leases;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;

namespace Grid.Tests.Node.Leases;

public sealed class LedgerOfTwoOperators
{
    private sealed record Step(int Kind, int Lease, bool IsOfB, int CpuMillis, bool TakesGpu, int AgeSeconds);

    private static readonly Gen<Step> s_steps =
        from kind in Gen.Choose(0, 3)
        from lease in Gen.Choose(0, 11)
        from isOfB in ArbMap.Default.GeneratorFor<bool>()
        from cpu in Gen.Choose(1, 20)
        from gpu in ArbMap.Default.GeneratorFor<bool>()
        from age in Gen.Choose(0, 40)
        select new Step(kind, lease, isOfB, cpu * 100, gpu, age);

    [Fact]
    public void Whatever_two_operators_propose_no_more_is_bound_than_there_is_and_tokens_only_rise()
    {
        var terms = Sample.Terms();
        Properties.ForAllSequences(s_steps, 40, steps =>
        {
            var ledger = new NodeLedger();
            var tokens = new List<ulong>();
            var now = Sample.Now.ToUnixTimeSeconds();
            foreach (var step in steps)
            {
                now += step.AgeSeconds;
                ledger = After(ledger, step, now, tokens);
                var bound = ledger.Bound.ToArray();
                Assert.True(bound.Sum(static one => one.CpuMillis) <= terms.Capacity.CpuMillis);
                Assert.True(bound.Sum(static one => one.MemoryMib) <= terms.Capacity.MemoryMib);
                Assert.All(bound.SelectMany(static one => one.Devices).GroupBy(static device => device.Uuid), static device => Assert.True(device.Sum(static share => share.ShareMillis) <= 1000));
            }

            Assert.Equal(tokens.Order().Distinct(), tokens);
        }, runs: 40);
    }

    [Fact]
    public void An_acceptance_that_nobody_opened_in_time_makes_room()
    {
        var whole = Sample.BindingsOf(Sample.Manifest()) with { CpuMillis = 4000 };
        var now = Sample.Now.ToUnixTimeSeconds();
        var ledger = Accept(new NodeLedger(), Sample.Proposal(Sample.OperatorA, 1, bindings: whole), Sample.OperatorA, now).Ledger;

        Assert.NotNull(ledger.Conflict(whole, Sample.Terms()));
        Assert.Null(ledger.WithoutExpired(now + 30).Conflict(whole, Sample.Terms()));
        Assert.Equal(1ul, ledger.WithoutExpired(now + 30).LastToken.Value);
    }

    [Fact]
    public void An_ended_lease_binds_nothing_and_stays_known()
    {
        var whole = Sample.BindingsOf(Sample.Manifest()) with { CpuMillis = 4000 };
        var (ledger, _) = Accept(new NodeLedger(), Sample.Proposal(Sample.OperatorA, 1, bindings: whole), Sample.OperatorA, Sample.Now.ToUnixTimeSeconds());

        var ended = ledger.With(LeaseRules.Ended(ledger.Leases[Sample.Lease(1)], CloseReason.Tenant));

        Assert.Null(ended.Conflict(whole, Sample.Terms()));
        Assert.Single(ended.Leases);
    }

    private static NodeLedger After(NodeLedger ledger, Step step, long now, List<ulong> tokens)
    {
        var id = Sample.Lease(step.Lease);
        var @operator = step.IsOfB ? Sample.OperatorB : Sample.OperatorA;
        switch (step.Kind)
        {
            case 0 or 1:
                var bindings = new Bindings(step.TakesGpu ? [new BoundDevice("GPU-1", 700)] : [], Math.Max(500, step.CpuMillis), 512, default, []);
                var (after, token) = Accept(ledger.WithoutExpired(now), Sample.Proposal(@operator, step.Lease, bindings: bindings, expiry: now + 30), @operator, now);
                if (token is { } value) tokens.Add(value);
                return after;
            case 2 when ledger.Leases.TryGetValue(id, out var lease):
                return ledger.With(LeaseRules.Ended(lease, CloseReason.Tenant));
            default:
                return ledger.WithoutExpired(now);
        }
    }

    private static (NodeLedger Ledger, ulong? Token) Accept(NodeLedger ledger, Proposal proposal, PrivateKey @operator, long now)
    {
        var verdict = ProposalRules.Judge(ledger, proposal, @operator.Address, Sample.Terms(), new NodeAbilities(true), Sample.Domain, now);
        if (verdict.Accept is not { } acceptance) return (ledger, null);
        return (ProposalRules.Accepted(ledger, proposal, @operator.Address, verdict.Manifest!, acceptance.Sign(Sample.NodeKey, Sample.Domain)), acceptance.Token.Value);
    }
}
