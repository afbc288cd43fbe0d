using Grid.Chain.Crypto;
using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;
using Grid.Protocol.Slashing;
using Grid.Reputation;
using Grid.Slashing;
using Grid.Tests.Grains.Slashing;

namespace Grid.Tests.Grains.Cluster;

/// <summary>From silence in a lease to the court and back.</summary>
public sealed class SilentProviders
{
    private static readonly PrivateKey[] Others = [Some.TenantKey(71), Some.TenantKey(72)];

    [Fact]
    public void Silence_in_a_lease_is_reported_signed_by_a_quorum_and_brought_to_the_court_once()
    {
        using var world = ThreeOperators();
        var (order, silent) = LeaseThatFallsSilent(world);
        Examine(world, silent.Id, world.Eras.Silence);
        var reported = Assert.Single(View(world, silent.Id).Cases);
        Assert.Equal((CaseState.Gathering, order.Lease!.Lease), (reported.State, reported.Lease));
        Assert.Equal(world.Tenant.Payer, reported.Claim!.Fault.Tenant);
        Assert.InRange(reported.Claim.Fault.Paid.MicroUnits, 1, world.LeaseOf(order.Lease.Lease).Charged.MicroUnits);

        Examine(world, silent.Id, world.Eras.Silence);
        world.RunTicks(3);
        Assert.Empty(world.Court.Proposals);
        foreach (var key in Others.Append(Some.ProviderKey(9)).Concat(Others)) Vote(world, reported.Claim.Fault, key);

        world.Until(() => world.Court.Proposals.Count > 0, "proposal", withinTicks: 3);
        Assert.Equal(CaseState.Submitted, Assert.Single(View(world, silent.Id).Cases).State);
        var (fault, votes) = world.Court.Proposals[0];
        Assert.True(FaultVotes.IsQuorum(fault, votes.Values, world.Eras.Weights, Some.Identity.Domain));
        Assert.DoesNotContain(Some.ProviderKey(9).Address, votes.Keys);
    }

    [Fact]
    public void An_executed_case_lowers_the_standing_and_an_open_one_survives_a_cold_start()
    {
        using var world = ThreeOperators();
        var (_, silent) = LeaseThatFallsSilent(world);
        Examine(world, silent.Id, world.Eras.Silence);
        var fault = View(world, silent.Id).Cases[0].Claim!.Fault;
        foreach (var key in Others) Vote(world, fault, key);

        world.ColdStart();
        var before = world.Court.Proposals.Count;
        world.Do(grains => Slashing(grains, silent.Id).LookAgain());
        world.Until(() => world.Court.Proposals.Count > before, "the same proposal again", withinTicks: 3);

        var decided = world.Silo.Time.GetUtcNow().ToUnixTimeSeconds() + 5;
        Learn(world, silent.Id, new CaseNews(fault.StructHash(), CaseState.Proposed, fault.Lease, new Money(50), decided));
        Assert.Empty(world.Court.Executions);
        world.Until(() => world.Court.Executions.Contains(fault.StructHash()), "execution", withinTicks: 8);
        var executed = new CaseNews(fault.StructHash(), CaseState.Executed, Amount: new Money(50), StakedBefore: new Money(1000), Shares: new SlashShares(new Money(30), new Money(2), new Money(18)));
        Learn(world, silent.Id, executed);
        Learn(world, silent.Id, executed);

        Assert.Equal(50_000, Standing(world, silent.Id).SlashedPpm);
        var closed = Assert.Single(View(world, silent.Id).Cases);
        Assert.Equal((CaseState.Executed, new Money(50), new Money(30)), (closed.State, closed.Amount, closed.Shares.Compensation));
    }

    [Fact]
    public void An_operators_own_outage_accuses_nobody_and_signs_nothing()
    {
        using var world = ThreeOperators();
        var (_, silent) = LeaseThatFallsSilent(world);
        world.Eras.Up = 0;

        Examine(world, silent.Id, world.Eras.Silence);
        var (from, to) = world.Eras.Silence;
        var answer = world.Ask(grains => Slashing(grains, Some.Provider(1)).Witness(OthersClaim(world, from, to)));

        Assert.Empty(View(world, silent.Id).Cases);
        Assert.Null(answer.Signature);
    }

    [Fact]
    public void A_lease_that_ended_well_is_no_evidence_however_silent_its_provider_is_later()
    {
        using var world = ThreeOperators();
        var deployment = Deploy(world);
        var order = world.Tenant.Await(deployment, OrderPhase.Leased);
        var provider = order.Chosen!.Value;
        world.RunTicks(10);
        world.Tenant.Close(deployment);
        world.Tenant.AwaitClosed(deployment);
        var now = world.Silo.Time.GetUtcNow().ToUnixTimeSeconds();
        world.Eras.Silence = (now, now + 1000);
        world.RunTicks(100);

        Examine(world, provider, world.Eras.Silence);

        Assert.Empty(View(world, provider).Cases);
    }

    [Fact]
    public void Another_operators_claim_is_signed_where_this_one_saw_the_same_and_only_once_for_an_interval()
    {
        using var world = ThreeOperators();
        var start = world.Silo.Time.GetUtcNow().ToUnixTimeSeconds();
        world.Eras.Silence = (start + 10, start + 20);
        world.RunTicks(70);
        var claim = OthersClaim(world, start + 10, start + 20);

        var answer = Witness(world, claim);
        Assert.True(new Signed<Fault>(claim.Fault, answer.Signature!.Value).IsSignedBy(Some.Identity.Operator, Some.Identity.Domain), answer.Refusal);
        Assert.Equal(answer.Signature, Witness(world, claim).Signature);

        Assert.Contains("accused", Witness(world, OthersClaim(world, start + 11, start + 19)).Refusal, StringComparison.Ordinal);
        Assert.Contains("slot", Witness(world, OthersClaim(world, start + 20, start + 21)).Refusal, StringComparison.Ordinal);
        var stranger = SampleClaim.Make(start + 5, start + 10, start + 20, 5, lease: 2, reporter: Some.TenantKey(73));
        Assert.Contains("no operator", Witness(world, stranger).Refusal, StringComparison.Ordinal);
    }

    private static World ThreeOperators()
    {
        var world = World.With(nodes: 2);
        world.Eras.Weights = new OperatorWeights([.. Others.Append(Some.OperatorKey).Append(SampleClaim.OtherOperator).Select(key => KeyValuePair.Create(key.Address, key == SampleClaim.OtherOperator ? 1UL : 10UL))]);
        return world;
    }

    private static Grid.Protocol.DeploymentId Deploy(World world)
    {
        world.Tenant.Fund(100);
        return world.Tenant.Deploy(Manifests.Web);
    }

    /// <summary>The node goes away in the middle of its lease, until its era is over.</summary>
    private static (OrderView Order, FakeNode Silent) LeaseThatFallsSilent(World world)
    {
        var order = world.Tenant.Await(Deploy(world), OrderPhase.Leased);
        var silent = world.Nodes.Single(node => node.Id == order.Chosen);
        world.RunTicks(8);
        silent.IsAway = true;
        var from = world.Silo.Time.GetUtcNow().ToUnixTimeSeconds() + 1;
        world.Eras.Silence = (from, from + 1000);
        world.Until(() => world.LeaseOf(order.Lease!.Lease).Reason == CloseReason.Replaced, "lost lease", withinTicks: 20);
        world.RunTicks(64);
        return (order, silent);
    }

    private static FaultClaim OthersClaim(World world, long from, long to) => SampleClaim.Make(world.Eras.Schedule.GenesisSeconds + 1, from, to, counted: 15);

    /// <summary>All eras that are over, in order.</summary>
    private static void Examine(World world, ProviderId provider, (long From, long To) down)
    {
        var schedule = world.Eras.Schedule;
        var current = schedule.EraAt(world.Silo.Time.GetUtcNow().ToUnixTimeSeconds())!.Value;
        for (var era = 0UL; era < current; era++)
        {
            var (from, to) = (Math.Max(down.From, schedule.StartOf(era)), Math.Min(down.To, schedule.EndOf(era)));
            var report = new DownReport(era, from < to ? [new DownInterval(from, to)] : [], schedule.EndOf(era));
            world.Do(grains => Slashing(grains, provider).Examine(report));
        }
    }

    private static void Vote(World world, Fault fault, PrivateKey key) =>
        world.Do(grains => Slashing(grains, fault.Provider).TakeVote(fault.StructHash(), fault.Sign(key, Some.Identity.Domain).Signature));

    private static WitnessAnswer Witness(World world, FaultClaim claim) => world.Ask(grains => Slashing(grains, claim.Fault.Provider).Witness(claim));

    private static void Learn(World world, ProviderId provider, CaseNews news) => world.Do(grains => Slashing(grains, provider).Learn(news));

    private static SlashingView View(World world, ProviderId provider) => world.Ask(grains => Slashing(grains, provider).GetView());

    private static ReputationStanding Standing(World world, ProviderId provider) =>
        world.Ask(grains => grains.GetGrain<IReputationGrain>(provider.ToString()).GetStanding());

    private static ISlashingGrain Slashing(Orleans.IGrainFactory grains, ProviderId provider) => grains.GetGrain<ISlashingGrain>(provider.ToString());
}
