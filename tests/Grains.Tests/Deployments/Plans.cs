using Grid.Deployments;
using Grid.Leases;
using Grid.Orders;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Deployments;

public sealed class Plans
{
    private static readonly DeploymentSubmission Submission = SampleManifest.Submission();

    [Fact]
    public void A_placement_makes_one_order_and_a_spread_one_an_order_for_each_replica() =>
        Assert.Equal([("eu", 0), ("eu", 1), ("eu", 2), ("us", 0)], DeploymentPlan.Slots(SampleManifest.Read()).Select(slot => (slot.Placement, slot.Ordinal)));

    [Fact]
    public void A_replica_asks_for_itself_alone()
    {
        var request = Request("eu", 1);

        Assert.Equal((500, 512), (request.Requirement.Amounts.CpuMillis, request.Requirement.Amounts.MemoryMib));
        Assert.Equal(100_000, request.Requirement.PriceCeiling.MicroUnits);
        Assert.Equal([new BoundPort("web", 80)], request.Ports);
    }

    [Fact]
    public void Nobody_chooses_an_orders_id()
    {
        Assert.Equal(OrderIds.Derive(Some.Deployment(1), "eu", 1, 0), Request("eu", 1).Order);
        Assert.Equal(OrderIds.Derive(Some.Deployment(1), "eu", 1, 5), Request("eu", 1, generation: 5).Order);
    }

    [Fact]
    public void An_order_gets_the_secrets_and_inputs_of_its_own_services_only()
    {
        Assert.Equal(["TOKEN"], Request("eu", 0).Secrets.Select(secret => secret.Name));
        Assert.Empty(Request("eu", 0).Inputs);
        Assert.Empty(Request("us", 0).Secrets);
        Assert.Equal(["data.csv"], Request("us", 0).Inputs.Select(input => input.Name));
    }

    [Fact]
    public void What_a_service_says_of_partitions_and_money_ahead_becomes_the_leases_terms()
    {
        var (web, train) = (Request("eu", 0), Request("us", 0));

        Assert.Equal((PartitionRule.Keep, 600, 7_200, false), (web.OnPartition, web.RunAheadSeconds, web.DurationSeconds, web.IsBatch));
        Assert.Equal((PartitionRule.Stop, 3_600, 7_200, true), (train.OnPartition, train.RunAheadSeconds, train.DurationSeconds, train.IsBatch));
    }

    [Fact]
    public void Nothing_is_paid_further_ahead_than_the_duration()
    {
        var manifest = SampleManifest.Read(SampleManifest.Text.Replace("duration: 2h", "duration: 30s", StringComparison.Ordinal));

        var request = DeploymentPlan.Request(Some.Deployment(1), SampleManifest.State(Submission), manifest, DeploymentPlan.Slots(manifest)[0], 0, SampleManifest.Parameters);

        Assert.Equal(30, request.RunAheadSeconds);
    }

    [Fact]
    public void Providers_that_failed_are_not_asked_again()
    {
        var manifest = SampleManifest.Read();
        var slot = DeploymentPlan.Slots(manifest)[0] with { Failed = [Some.Provider(3), Some.Provider(1)] };

        var request = DeploymentPlan.Request(Some.Deployment(1), SampleManifest.State(Submission), manifest, slot, 1, SampleManifest.Parameters);

        Assert.Equal(new[] { Some.Provider(1), Some.Provider(3) }.Order(), request.Requirement.ExcludedProviders);
    }

    [Fact]
    public void The_ceiling_counts_every_replica_once() =>
        Assert.Equal(1_300_000, DeploymentPlan.CeilingOf(SampleManifest.Read(), SampleManifest.Parameters)!.Value.MicroUnits);

    [Fact]
    public void There_is_no_ceiling_in_a_token_that_the_operator_does_not_take() =>
        Assert.Null(DeploymentPlan.CeilingOf(SampleManifest.Read(SampleManifest.Text.Replace("token: GRID, amount: 1}", "token: DOGE, amount: 1}", StringComparison.Ordinal)), SampleManifest.Parameters));

    private static OrderRequest Request(string placement, int ordinal, int generation = 0)
    {
        var manifest = SampleManifest.Read();
        var slot = DeploymentPlan.Slots(manifest).Single(slot => (slot.Placement, slot.Ordinal) == (placement, ordinal));
        return DeploymentPlan.Request(Some.Deployment(1), SampleManifest.State(Submission), manifest, slot, generation, SampleManifest.Parameters);
    }
}
