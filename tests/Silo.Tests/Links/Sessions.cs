using Grid.Client;
using Grid.Protocol.Api;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Links;

public sealed class Sessions
{
    [Fact]
    public async Task A_node_beyond_the_bound_is_sent_away_with_a_time_to_come_back()
    {
        await using var world = await SiloWorld.StartAsync(static options => options with { MaxSessions = 1 });
        await world.NodeAsync();

        var second = await world.DialAsync();

        var refused = await second.Refused.InTime();
        Assert.Equal(SessionRefusalCode.Busy, refused.Code);
        Assert.True(refused.RetryAfterMs > 0);
        await second.LinkClosed.InTime();
    }

    [Fact]
    public async Task A_node_that_nobody_has_seen_waits_while_too_many_enrol_and_one_that_is_known_comes_back()
    {
        await using var world = await SiloWorld.StartAsync(static options => options with { EnrolmentsAtOnce = 1, EnrolmentsPerMinute = 0 });
        var known = await world.NodeAsync();

        var second = await world.DialAsync();
        Assert.Equal(SessionRefusalCode.Busy, (await second.Refused.InTime()).Code);

        await known.HangUpAsync();
        await known.ConnectAsync(world.NodeLink);
        await known.Welcomed.InTime();
    }

    [Fact]
    public async Task A_newer_session_of_the_same_node_ends_the_older_one()
    {
        await using var world = await SiloWorld.StartAsync(static options => options with { MaxSessions = 1 });
        var node = await world.NodeAsync();
        var first = (await node.Welcomed).Epoch;
        var older = node.LinkClosed;

        await node.ConnectAsync(world.NodeLink);

        Assert.True((await node.Welcomed.InTime()).Epoch > first);
        await older.InTime();
    }

    [Fact]
    public async Task A_node_with_pretended_gpus_is_refused_unless_the_grid_takes_them()
    {
        static FakeNode Pretending(SiloWorld world) =>
            new(world.OperatorKey.Address, SiloWorld.Tick) { Devices = [new OfferedDevice("gpu-1", "rtx4090", "nvidia", 24_576, null, 1000, IsPretended: true)] };

        await using var world = await SiloWorld.StartAsync();
        Assert.Equal(SessionRefusalCode.PretendedDevices, (await (await world.DialAsync(Pretending)).Refused.InTime()).Code);

        await using var development = await SiloWorld.StartAsync(static options => options with { Parameters = options.Parameters with { AcceptsPretendedGpus = true } });
        await (await development.DialAsync(Pretending)).Welcomed.InTime();
    }

    [Fact]
    public async Task What_a_node_has_bound_for_others_is_free_here_no_more_within_a_tick_and_free_again_after_it()
    {
        await using var world = await SiloWorld.StartAsync();
        var node = await world.NodeAsync();
        using var tenant = await world.TenantAsync(Grid.Chain.Crypto.PrivateKey.Generate());
        async Task<long> FreeCpu() => (await tenant.ListProvidersAsync()).Providers.Single().Free.CpuMillis;
        Assert.Equal(4000, await FreeCpu());

        node.Elsewhere = BoundElsewhere.Of([new Bindings([], 3000, 64, default, [])]);
        await Until.Is("what others have is shown as taken", FreeCpu, static free => free == 1000);
        await node.HangUpAsync();
        await node.ConnectAsync(world.NodeLink);
        await node.Welcomed.InTime();
        Assert.Equal(1000, await FreeCpu());

        node.Elsewhere = BoundElsewhere.Nothing;
        await Until.Is("what others let go is free again", FreeCpu, static free => free == 4000);
    }

    [Fact]
    public async Task A_node_hears_which_of_its_beats_each_lease_has_heard_of()
    {
        await using var world = await SiloWorld.StartAsync();
        var node = await world.NodeAsync();
        using var tenant = await world.TenantAsync();
        Assert.True((await node.Welcomed.InTime()).SaysWhatItHeard);
        var started = Environment.TickCount64;
        var deployed = await tenant.DeployAsync(world.Manifest(Manifests.Web), new DeployOptions());
        var lease = await tenant.LeaseAsync(deployed.Deployment, "two seconds are billed", static lease => lease.Seconds >= 2);

        var heard = node.Received.OfType<LeaseHeard>().ToArray();
        Assert.NotEmpty(heard);
        Assert.All(heard, one => Assert.Equal(lease.Lease, one.Lease));
        Assert.All(heard, one => Assert.InRange(one.AtBootMs, started, Environment.TickCount64));
        Assert.Equal(heard.Select(static one => one.AtBootMs).Order().Distinct(), heard.Select(static one => one.AtBootMs));

        await tenant.CloseAsync(deployed.Deployment);
        await tenant.LeaseAsync(deployed.Deployment, "it is closed", static lease => lease.Phase == LeasePhase.Closed);
    }

    [Fact]
    public async Task A_lease_lives_through_a_broken_link_and_a_restarted_silo()
    {
        await using var world = await SiloWorld.StartAsync();
        var node = await world.NodeAsync();
        var key = Grid.Chain.Crypto.PrivateKey.Generate();
        Grid.Protocol.DeploymentId deployment;
        using (var tenant = await world.TenantAsync(key))
        {
            deployment = (await tenant.DeployAsync(world.Manifest(Manifests.Web), new DeployOptions())).Deployment;
            await tenant.LeaseAsync(deployment, "a second is billed", static lease => lease.Seconds >= 1);
        }

        await node.HangUpAsync();
        await node.ConnectAsync(world.NodeLink);
        await node.Welcomed.InTime();
        await node.HangUpAsync();
        await world.StopSiloAsync();
        await world.StartSiloAsync();
        await node.ConnectAsync(world.NodeLink);
        await node.Welcomed.InTime();

        using var again = await world.TenantAsync(key, tokens: 0);
        var before = node.Leases.Values.Single().Seconds;
        var lease = await again.LeaseAsync(deployment, "more seconds are billed", lease => lease.Phase == LeasePhase.Active && lease.Seconds > before);
        Assert.Equal(1, node.Ever[lease.Lease].Starts);
        Assert.Single(node.Received.OfType<Open>());
        await again.CloseAsync(deployment);
        await again.LeaseAsync(deployment, "it is closed", static lease => lease.Phase == LeasePhase.Closed);
    }

    [Fact]
    public async Task A_lease_that_its_nodes_beats_no_longer_list_has_failed()
    {
        await using var world = await SiloWorld.StartAsync();
        var node = await world.NodeAsync();
        using var tenant = await world.TenantAsync(Grid.Chain.Crypto.PrivateKey.Generate());
        var deployment = (await tenant.DeployAsync(world.Manifest(Manifests.Web), new DeployOptions())).Deployment;
        var first = await tenant.LeaseAsync(deployment, "it is open", static lease => lease.Phase == LeasePhase.Active);

        node.Leases.TryRemove(first.Lease, out _);

        await tenant.LeaseAsync(deployment, "it is closed", lease => lease is { Phase: LeasePhase.Closed, CloseReason: CloseReason.ProviderFailed } && lease.Lease == first.Lease);
    }

    [Fact]
    public async Task A_draining_silo_refuses_nodes_and_deployments_and_is_not_ready()
    {
        await using var world = await SiloWorld.StartAsync();
        var node = await world.NodeAsync();
        Assert.Equal("ready\n", await world.Http.GetStringAsync("/readyz"));
        var key = Grid.Chain.Crypto.PrivateKey.Generate();
        var tenant = new RawTenant(world, key);
        var token = await tenant.SignInAsync();
        var request = RawTenant.Json(await tenant.RequestAsync(Manifests.Web));

        world.App.Lifetime.StopApplication();

        await (await tenant.GetAsync("/readyz")).IsProblemAsync(System.Net.HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);
        Assert.Equal("ok\n", await world.Http.GetStringAsync("/healthz"));
        var refused = await (await tenant.PostAsync(ApiRoutes.Deployments, request, token)).IsProblemAsync(System.Net.HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);
        Assert.True(refused.RetryAfterMs > 0);
        await world.StopSiloAsync();
        Assert.Equal(SessionRefusalCode.Draining, (await node.Refused.InTime()).Code);
    }
}
