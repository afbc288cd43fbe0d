using FsCheck;
using FsCheck.Fluent;
using Grid.Node.Leases;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;

namespace Grid.Tests.Node.Leases;

/// <summary>Messages come late, twice and out of order, clocks go on, machines boot: what must hold after each step.</summary>
public sealed class LeaseOfManyMessages
{
    private sealed record Step(int Kind, int Number);

    private static readonly Gen<Step> s_steps = from kind in Gen.Choose(0, 6) from number in Gen.Choose(0, 60) select new Step(kind, number);

    [Fact]
    public void Nothing_that_was_counted_paid_or_closed_is_ever_taken_back()
    {
        Properties.ForAllSequences(s_steps, 60, steps =>
        {
            var (lease, bootMs, boot) = (Accepted(), 5_000L, 1);
            foreach (var step in steps)
            {
                if (step.Kind == 4) bootMs += step.Number * 400;
                if (step.Kind == 6 && step.Number < 5) (boot, bootMs) = (boot + 1, 0);
                var next = After(lease, step, $"boot {boot}", bootMs);
                Holds(lease, next, step, $"boot {boot}");
                lease = next;
            }
        });
    }

    [Fact]
    public void Receipts_follow_one_another_and_never_count_past_what_is_paid()
    {
        Properties.ForAllSequences(s_steps, 60, steps =>
        {
            var (lease, bootMs) = (Accepted(), 0L);
            var countersigned = new List<Receipt>();
            foreach (var step in steps)
            {
                bootMs += step.Number * 100;
                lease = After(lease, step with { Kind = step.Kind == 6 ? 4 : step.Kind }, "boot", bootMs);
                var provenance = new Provenance(lease.ManifestHash, [], [], []);
                if (LeaseRules.NextReceipt(lease, provenance, Sample.Domain) is not { } receipt) continue;
                Assert.InRange(receipt.Seconds, 1, Math.Min(lease.Seconds, lease.MostSeconds));
                Assert.Equal(countersigned.LastOrDefault()?.Digest(Sample.Domain) ?? default, receipt.Previous);
                Assert.Equal(provenance.Hash(), receipt.ContentHash);
                lease = LeaseRules.WithReceipt(lease, receipt.Sign(Sample.NodeKey, Sample.Domain), provenance);
                Assert.Null(LeaseRules.NextReceipt(lease, provenance, Sample.Domain));
                if (step.Number % 2 == 0) continue;
                countersigned.Add(receipt);
                lease = LeaseRules.Countersigned(lease, receipt.Seconds, default);
            }

            Assert.Equal(countersigned.Select(static receipt => receipt.Seconds).Order().Distinct(), countersigned.Select(static receipt => receipt.Seconds));
        });
    }

    [Fact]
    public void A_receipt_past_the_close_that_was_never_taken_gives_way_to_a_lower_one()
    {
        var lease = LeaseRules.Ticked(LeaseRules.Started(Opened(60), "boot", 0), "boot", 10_000);
        var provenance = new Provenance(lease.ManifestHash, [], [], []);
        lease = LeaseRules.WithReceipt(lease, LeaseRules.NextReceipt(lease, provenance, Sample.Domain)!.Sign(Sample.NodeKey, Sample.Domain), provenance);

        var closed = LeaseRules.Closing(lease, Sample.Close(Sample.OperatorA, lease.Lease, 8).Close);

        Assert.Equal(8, LeaseRules.NextReceipt(closed, provenance, Sample.Domain)!.Seconds);
    }

    [Fact]
    public void After_another_boot_no_second_more_is_proved()
    {
        var lease = LeaseRules.Ticked(LeaseRules.Started(Opened(60), "boot 1", 1_000), "boot 1", 8_000);

        Assert.Equal(7, LeaseRules.Ticked(lease, "boot 2", 30_000).Seconds);
    }

    private static NodeLease After(NodeLease lease, Step step, string boot, long bootMs) => step.Kind switch
    {
        0 => LeaseRules.Opened(lease, Sample.Open(Sample.OperatorA, lease.Acceptance, step.Number).Opening, Unsigned(lease, step.Number)),
        1 => LeaseRules.Extended(lease, Unsigned(lease, step.Number)),
        2 => LeaseRules.Started(lease, boot, bootMs),
        3 when step.Number < 10 => LeaseRules.Closing(lease, new Signed<Close>(new Close(lease.Lease, step.Number, CloseReason.Tenant), default)),
        5 when step.Number < 5 => LeaseRules.Ended(lease, CloseReason.Completed),
        _ => LeaseRules.Ticked(lease, boot, bootMs),
    };

    private static void Holds(NodeLease before, NodeLease after, Step step, string boot)
    {
        Assert.True(after.Phase >= before.Phase, $"{step}: {before.Phase} became {after.Phase}");
        Assert.True(after.Seconds >= before.Seconds, $"{step}: {before.Seconds} s became {after.Seconds} s");
        Assert.True(after.Seconds == before.Seconds || after.Seconds <= after.MostSeconds, $"{step}: {after.Seconds} s of {after.MostSeconds} s");
        Assert.True(after.PaidThroughSeconds >= before.PaidThroughSeconds, $"{step}: paid went back");
        Assert.True(after.Seconds == before.Seconds || after.BootId == boot, $"{step}: counted after another boot");
        if (before.Close is not null) Assert.Equal(before.Close, after.Close);
        if (before.EndReason != CloseReason.None) Assert.Equal(before.EndReason, after.EndReason);
        if (before.Phase == NodeLeasePhase.Ended) Assert.Equal(before with { Close = after.Close }, after);
    }

    private static Signed<PaidThrough> Unsigned(NodeLease lease, long seconds) => new(new PaidThrough(lease.Lease, seconds), default);

    private static NodeLease Opened(long paidSeconds)
    {
        var lease = Accepted();
        return LeaseRules.Opened(lease, Sample.Open(Sample.OperatorA, lease.Acceptance, paidSeconds).Opening, Unsigned(lease, paidSeconds));
    }

    private static NodeLease Accepted()
    {
        var proposal = Sample.Proposal(Sample.OperatorA, 1);
        var verdict = ProposalRules.Judge(new NodeLedger(), proposal, Sample.OperatorA.Address, Sample.Terms(), new NodeAbilities(true), Sample.Domain, Sample.Now.ToUnixTimeSeconds());
        return ProposalRules.Accepted(new NodeLedger(), proposal, Sample.OperatorA.Address, verdict.Manifest!, verdict.Accept!.Sign(Sample.NodeKey, Sample.Domain)).Leases[proposal.Lease];
    }
}
