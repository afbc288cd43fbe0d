using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Api;

public sealed class WholePath
{
    private const string Secret = "canary-of-the-environment-7f3a9";
    private const string Output = "canary-of-the-artifact-b81c2";
    private const string Input = "canary-of-the-input-55d0e";

    [Fact]
    public async Task A_batch_gets_its_input_and_secret_returns_its_artifact_and_is_billed()
    {
        await using var world = await SiloWorld.StartAsync();
        var node = await world.NodeAsync(world => new FakeNode(world.OperatorKey.Address, SiloWorld.Tick) { Output = Output });
        using var tenant = await world.TenantAsync();

        var deployed = await tenant.DeployAsync(world.Manifest(Manifests.Batch(Secret), ("data.csv", Input)), new DeployOptions());
        var lease = await tenant.LeaseAsync(deployed.Deployment, "the batch is completed and billed", static lease => lease.Phase == LeasePhase.Closed);

        Assert.Equal(CloseReason.Completed, lease.CloseReason);
        Assert.Equal(node.Provider, lease.Provider);
        var ran = Assert.Single(node.Ever.Values);
        Assert.Equal(Secret, ran.Secrets["API_KEY"]);
        Assert.Equal(Input, ran.Inputs["data.csv"]);
        Assert.Equal("reading data\ndone\n", await tenant.LogTextAsync(lease.Lease, new LogSelection("train")));
        Assert.Equal("done\n", await tenant.LogTextAsync(lease.Lease, new LogSelection("train", FromOffset: 10)));

        var artifact = Assert.Single((await tenant.ListArtifactsAsync(lease.Lease)).Artifacts);
        var fetched = Path.Combine(Directory.CreateTempSubdirectory("grid-fetched-").FullName, "model.json");
        await tenant.FetchAsync(lease.Lease, artifact, fetched);
        Assert.Equal(Output, await File.ReadAllTextAsync(fetched));

        Assert.Equal(lease.RatePerHour.ChargeRoundedDown(lease.Seconds), lease.Charged);
        await Until.True("the node has been released", () => node.Leases.IsEmpty);
        await world.StopSiloAsync();
        NothingClearIsLeft(world);
    }

    [Fact]
    public async Task A_service_runs_until_its_tenant_closes_it_and_the_bill_is_what_the_account_lost()
    {
        await using var world = await SiloWorld.StartAsync();
        var node = await world.NodeAsync();
        var payer = Grid.Chain.Crypto.PrivateKey.Generate();
        using var tenant = await world.TenantAsync(payer, tokens: 1000);

        var deployed = await tenant.DeployAsync(world.Manifest(Manifests.Web), new DeployOptions());
        var active = await tenant.LeaseAsync(deployed.Deployment, "two seconds are billed", static lease => lease is { Phase: LeasePhase.Active, Seconds: >= 2 });
        Assert.True(active.PaidThroughSeconds >= 600);
        var listed = Assert.Single((await tenant.ListDeploymentsAsync()).Deployments);
        Assert.Equal((deployed.Deployment, 1, "web"), (listed.Deployment, listed.ActiveLeaseCount, listed.Name));

        await tenant.CloseAsync(deployed.Deployment);
        var closed = await tenant.LeaseAsync(deployed.Deployment, "it is closed and billed", static lease => lease.Phase == LeasePhase.Closed);
        Assert.Equal(CloseReason.Tenant, closed.CloseReason);
        Assert.Equal(closed.RatePerHour.ChargeRoundedDown(closed.Seconds), closed.Charged);
        Assert.Equal(1, node.Ever[closed.Lease].Starts);
        var bill = await tenant.GetReceiptsAsync(closed.Lease);
        Assert.Equal(closed.Charged, Assert.Single(bill.Receipts).Receipt.Value.Charged);
        Assert.Equal(CloseReason.Tenant, bill.Close!.Value.Reason);
        Assert.Empty(ReceiptVerification.Verify(bill, world.OperatorKey.Address, GridDomain.Local));

        var account = await Until.Is("the hold is free", () => tenant.GetAccountAsync(payer.Address), static account => account.Held == Money.Zero);
        Assert.Equal(Money.FromTokens(1000) - closed.Charged, account.Available);
        Assert.Equal(closed.Charged, account.Charged);
        var status = await tenant.GetDeploymentAsync(deployed.Deployment);
        Assert.Equal(node.Provider, Assert.Single(status.Orders).Chosen);
        Assert.True(status.Orders[0].MatchMs >= 0 && status.Orders[0].StartMs >= status.Orders[0].MatchMs);
        Assert.Empty((await tenant.ExplainAsync(status.Orders[0].Order, verify: true)).Explanation.Differences!.Value);
        var again = await tenant.ExplainFullyAsync(status.Orders[0].Order, node.Provider);
        Assert.Empty(again.Differences);
        Assert.Equal("it was chosen first", Assert.Single(again.Provider!).Why);
    }

    [Fact]
    public async Task The_same_submission_twice_is_one_deployment()
    {
        await using var world = await SiloWorld.StartAsync();
        var key = Grid.Chain.Crypto.PrivateKey.Generate();
        using var tenant = await world.TenantAsync(key);
        var request = await new RawTenant(world, key).RequestAsync(Manifests.Web);

        var first = await tenant.SubmitAsync(request);
        var second = await tenant.SubmitAsync(request);

        Assert.Equal(first.Deployment, second.Deployment);
        Assert.Equal(first.Orders, second.Orders);
        Assert.Single((await tenant.ListDeploymentsAsync()).Deployments);
    }

    [Fact]
    public async Task Screening_says_who_fits_and_holds_nothing()
    {
        await using var world = await SiloWorld.StartAsync();
        using var tenant = await world.TenantAsync();
        var manifest = world.Manifest(Manifests.Web);
        Assert.False((await tenant.ScreenAsync(manifest)).IsPlaceable);

        var node = await world.NodeAsync();
        var screened = await Until.Is("the node is listed", () => tenant.ScreenAsync(manifest), static screened => screened.IsPlaceable);

        var placement = Assert.Single(screened.Placements);
        Assert.Equal(1, placement.Providers);
        Assert.True(placement.LowestRatePerHour > RatePerHour.Zero);
        Assert.Equal(node.Provider, Assert.Single((await tenant.ListProvidersAsync()).Providers).Provider);
        Assert.Empty(node.Leases);

        var tooMuch = Assert.Single(
            (await tenant.ScreenAsync(world.Manifest(Manifests.Web.Replace("64Mi", "512Gi", StringComparison.Ordinal)))).Placements);
        Assert.Equal("memory 8192Mi", Assert.Single(tooMuch.Changes!).Change);
        Assert.Equal(node.Provider, Assert.Single(placement.Matching!).Provider);
    }

    private static void NothingClearIsLeft(SiloWorld world)
    {
        foreach (var file in Directory.EnumerateFiles(world.Options.DataDirectory, "*", SearchOption.AllDirectories))
        {
            var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file));
            foreach (var canary in (string[])[Secret, Output, Input]) Assert.False(text.Contains(canary, StringComparison.Ordinal), $"{file} holds {canary}");
        }

        foreach (var line in world.Log.All) Assert.False(line.Contains("canary", StringComparison.Ordinal), line);
    }
}
