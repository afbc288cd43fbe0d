using Grid.Chain.Crypto;
using Grid.Node.Leases;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Manifests;
using Grid.Protocol.Signing;

namespace Grid.Tests.Node.Leases;

public sealed class LifeOfALease
{
    private static readonly PrivateKey A = Sample.OperatorA;
    private static readonly PrivateKey B = Sample.OperatorB;

    [Fact]
    public void A_lease_is_proposed_opened_counted_billed_closed_and_forgotten()
    {
        using var node = new NodeWorld();
        var answer = node.Propose(A, Sample.Proposal(A, 1));
        Assert.Equal(1ul, node.Stored.Leases[Sample.Lease(1)].Token.Value);

        node.Tell(grain => grain.Take(A.Address, Sample.Open(A, answer.Accepted!, 60)));
        Assert.Equal(Sample.Lease(1), Assert.Single(node.Starts).Lease);
        node.Seen(1, WorkloadPhase.Running);
        node.PassHeardBy(A, 3);
        Assert.InRange(node.Lease(1).Seconds, 2, 3);
        var first = node.Countersign(A);
        node.PassHeardBy(A, 2);
        Assert.Equal(first.Digest(Sample.Domain), node.Heard<ReceiptProposed>(A).Last().Receipt.Value.Previous);
        node.Countersign(A);

        node.Tell(grain => grain.Take(A.Address, Sample.Close(A, Sample.Lease(1), 60)));
        Assert.Contains(Sample.Lease(1), node.Stops);
        node.Ended(1, 143, CloseReason.None);
        Assert.Equal((NodeLeasePhase.Ended, CloseReason.Tenant), (node.Lease(1).Phase, node.Lease(1).EndReason));
        Assert.Empty(node.Stored.Bound);
        Assert.Equal(CloseReason.Tenant, node.Heard<LeaseEnded>(A).Last().Reason);

        node.Tell(grain => grain.Take(A.Address, new Release(Sample.Lease(1), answer.Accepted!.Value.Token)));
        Assert.Empty(node.Stored.Leases);
        Assert.Contains(Sample.Lease(1), node.Retired);
    }

    [Fact]
    public void A_repeated_proposal_gets_the_same_answer_and_a_foreign_one_none()
    {
        using var node = new NodeWorld();
        var first = node.Propose(A, Sample.Proposal(A, 1));

        Assert.Equal(first.Accepted, node.Propose(A, Sample.Proposal(A, 1)).Accepted);
        Assert.NotNull(node.Propose(B, Sample.Proposal(B, 1)).Refusal);
        Assert.Equal(1ul, node.Stored.LastToken.Value);
    }

    [Fact]
    public void Two_operators_never_get_the_same_card()
    {
        using var node = new NodeWorld();
        var card = Sample.BindingsOf(Sample.Manifest()) with { Devices = [new BoundDevice("GPU-1")] };

        Assert.NotNull(node.Propose(A, Sample.Proposal(A, 1, bindings: card)).Accepted);
        Assert.Equal(RefusalCode.CapacityBound, node.Propose(B, Sample.Proposal(B, 2, bindings: card)).Refusal!.Code);

        node.Pass(31);
        Assert.NotNull(node.Propose(B, Sample.Proposal(B, 2, bindings: card, expiry: Sample.Now.AddMinutes(5).ToUnixTimeSeconds())).Accepted);
        Assert.Contains(Sample.Lease(1), node.Retired);
    }

    [Fact]
    public void Another_operators_word_about_a_lease_changes_nothing()
    {
        using var node = new NodeWorld();
        var before = node.Run(A, 1);

        node.Tell(grain => grain.Take(B.Address, Sample.Close(B, Sample.Lease(1), 0)));
        node.Tell(grain => grain.Take(A.Address, Sample.Close(B, Sample.Lease(1), 0)));
        node.Tell(grain => grain.Take(A.Address, new ExtendPaidThrough(Sample.PaidThrough(B, Sample.Lease(1), 900))));
        node.Tell(grain => grain.Take(B.Address, new Release(Sample.Lease(1), before.Token)));

        Assert.Equal((before.Close, 60, NodeLeasePhase.Running), (node.Lease(1).Close, node.Lease(1).PaidThroughSeconds, node.Lease(1).Phase));
    }

    [Fact]
    public void A_countersignature_that_is_not_the_operators_is_none()
    {
        using var node = new NodeWorld();
        node.Run(A, 1);
        node.PassHeardBy(A, 2);
        var receipt = node.Heard<ReceiptProposed>(A).Last().Receipt.Value;

        node.Tell(grain => grain.Take(A.Address, new ReceiptCountersigned(receipt.Lease, receipt.Seconds, receipt.Sign(B, Sample.Domain).Signature)));

        Assert.Null(node.Lease(1).Countersignature);
    }

    [Fact]
    public void A_receipt_that_is_sent_again_comes_with_what_it_was_signed_over()
    {
        using var node = new NodeWorld();
        node.Run(A, 1);
        node.PassHeardBy(A, 2);
        node.Ended(1, outputs: [new WorkloadOutput("model", ContentHash.OfUtf8("model"), 5)]);
        node.Pass(1);

        Assert.All(node.Heard<ReceiptProposed>(A), static sent => Assert.Equal(sent.Receipt.Value.ContentHash, sent.Provenance.Hash()));
        Assert.Empty(node.Heard<ReceiptProposed>(A).Last().Provenance.Outputs);
        node.Countersign(A);
        node.Pass(1);
        Assert.Equal(ContentHash.OfUtf8("model"), Assert.Single(node.Heard<ReceiptProposed>(A).Last().Provenance.Outputs));
    }

    [Fact]
    public void A_receipt_names_the_image_of_every_service()
    {
        using var node = new NodeWorld();
        var digest = ContentHash.OfUtf8("image");
        var manifest = Sample.Manifest() with { Services = [Sample.Batch(), Sample.Batch() with { Name = "other", Image = $"debian@sha256:{digest.ToString()[2..]}" }] };
        node.Run(A, 1, proposal: Sample.Proposal(A, 1, manifest));
        node.PassHeardBy(A, 2);

        Assert.Equal([Hash256.Zero, digest], node.Heard<ReceiptProposed>(A).Last().Provenance.Images);
    }

    [Fact]
    public void Seconds_stop_at_what_is_paid_and_go_on_when_more_is()
    {
        using var node = new NodeWorld();
        node.Run(A, 1, paidSeconds: 3);
        node.PassHeardBy(A, 2);
        node.Tell(grain => grain.Take(A.Address, new ExtendPaidThrough(Sample.PaidThrough(A, Sample.Lease(1), 6))));
        node.Tell(grain => grain.Take(A.Address, new ExtendPaidThrough(Sample.PaidThrough(A, Sample.Lease(1), 4))));
        Assert.Equal(node.Lease(1).StartedBootMs + 6000, node.StopAtMs[Sample.Lease(1)]);

        node.PassHeardBy(A, 8);
        Assert.Equal(6, node.Lease(1).Seconds);
        Assert.Contains(Sample.Lease(1), node.Stops);
        node.Ended(1, 137, CloseReason.Money);
        Assert.Equal(CloseReason.Money, node.Lease(1).EndReason);
    }

    [Fact]
    public void A_workload_that_failed_ends_its_lease_with_that_reason_and_its_status_first()
    {
        using var node = new NodeWorld();
        node.Run(A, 1);
        node.Posted.Clear();
        node.Ended(1, 3, CloseReason.WorkloadFailed);

        Assert.Equal(CloseReason.WorkloadFailed, node.Lease(1).EndReason);
        var order = node.Posted.Select(static post => post.Message).Where(static message => message is WorkloadChanged or LeaseEnded).Select(static message => message.GetType());
        Assert.Equal(typeof(WorkloadChanged), order.First());
    }

    [Fact]
    public void What_the_node_failed_at_is_said_before_the_status_that_looks_like_the_workloads_failure()
    {
        using var node = new NodeWorld();
        var answer = node.Propose(A, Sample.Proposal(A, 1));
        node.Tell(grain => grain.Take(A.Address, Sample.Open(A, answer.Accepted!, 60)));
        node.Posted.Clear();
        node.Tell(grain => grain.Started(Sample.Lease(1), StartFailure.OfNode("no space")));

        Assert.Equal(CloseReason.ProviderFailed, Assert.IsType<LeaseEnded>(node.Posted.First(static post => post.Message is WorkloadChanged or LeaseEnded).Message).Reason);
        Assert.Equal("no space", node.Heard<WorkloadChanged>(A).Single().Status.Message);
    }

    [Fact]
    public void An_image_that_nobody_has_is_the_workloads_failure_and_not_the_providers()
    {
        using var node = new NodeWorld();
        var answer = node.Propose(A, Sample.Proposal(A, 1));
        node.Tell(grain => grain.Take(A.Address, Sample.Open(A, answer.Accepted!, 60)));
        node.Tell(grain => grain.Started(Sample.Lease(1), StartFailure.OfWorkload("no such image")));

        Assert.Equal(CloseReason.WorkloadFailed, node.Lease(1).EndReason);
        Assert.Equal("no such image", node.Heard<WorkloadChanged>(A).Single().Status.Message);
    }

    [Fact]
    public void An_acceptance_that_gave_way_to_another_is_forgotten_with_its_secrets()
    {
        using var node = new NodeWorld();
        var whole = Sample.BindingsOf(Sample.Manifest()) with { CpuMillis = 4000 };
        node.Propose(A, Sample.Proposal(A, 1, bindings: whole, expiry: Sample.Now.AddSeconds(1).ToUnixTimeSeconds()));
        node.Pass(0.99);
        Assert.Empty(node.Retired);
        node.Pass(0.01);

        Assert.NotNull(node.Propose(B, Sample.Proposal(B, 2, bindings: whole)).Accepted);
        Assert.Contains(Sample.Lease(1), node.Retired);
    }

    [Fact]
    public void A_start_that_fails_after_the_workload_was_seen_running_is_no_end()
    {
        using var node = new NodeWorld();
        node.Run(A, 1);
        node.Tell(grain => grain.Started(Sample.Lease(1), StartFailure.OfNode("too late")));
        Assert.Equal(NodeLeasePhase.Running, node.Lease(1).Phase);
    }

    [Fact]
    public void At_most_one_copy_stops_when_its_operator_is_silent_and_at_least_one_runs_on()
    {
        using var node = new NodeWorld();
        node.Run(A, 1);
        node.Run(A, 2, proposal: Sample.Proposal(A, 2, Sample.Manifest(Sample.Batch(onPartition: OnPartition.Keep))));
        node.Tell(grain => grain.Welcomed(A.Address, 1000, saysWhatItHeard: false));
        node.Tell(grain => grain.Welcomed(B.Address, 1000, saysWhatItHeard: false));

        node.PassHeardBy(B, 8);

        Assert.Contains(Sample.Lease(1), node.Stops);
        Assert.DoesNotContain(Sample.Lease(2), node.Stops);
        Assert.Equal(CloseReason.ProviderFailed, node.Stored.Leases[Sample.Lease(1)].EndReason);
    }

    [Fact]
    public void A_lease_that_takes_long_to_start_is_not_cut_off_while_its_operator_answers()
    {
        using var node = new NodeWorld();
        var answer = node.Propose(A, Sample.Proposal(A, 1));
        node.Tell(grain => grain.Take(A.Address, Sample.Open(A, answer.Accepted!, 60)));

        node.PassHeardBy(A, 12);

        Assert.Empty(node.Stops);
    }

    [Fact]
    public void Time_in_which_outputs_are_sealed_is_not_billed()
    {
        using var node = new NodeWorld();
        node.Run(A, 1);
        node.PassHeardBy(A, 3);
        var endedMs = node.NowMs;
        node.Tell(grain => grain.Observe(
            Sample.Lease(1), new Observation(new WorkloadStatus("job", 0, 0, WorkloadPhase.Running, null, false, 0, []), false, node.BootId, 0, endedMs, CloseReason.None)));
        node.PassHeardBy(A, 10);
        node.Ended(1, endedMs: endedMs);

        Assert.InRange(node.Lease(1).Seconds, 2, 3);
    }

    [Fact]
    public void A_write_that_fails_acknowledges_nothing()
    {
        using var node = new NodeWorld();
        node.Tell(static grain => grain.GetLedger());
        node.Faults.StorageIsAway = true;
        Assert.Throws<InvalidOperationException>(() => node.Propose(A, Sample.Proposal(A, 1)));
        node.Faults.StorageIsAway = false;

        Assert.NotNull(node.Propose(A, Sample.Proposal(A, 1)).Accepted);
        Assert.Equal(1ul, node.Stored.LastToken.Value);
    }
}
