using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Client.Grains;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;
using Grid.Tests.Silo.World;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Grid.Tests.Silo.Transports;

/// <summary>What holds of an <see cref="IGridClient"/>, whichever way its questions travel.</summary>
public abstract class GridClientContract
{
    private protected abstract Task<IGridClient> ClientAsync(SiloWorld world, GridClient http, Address caller);

    [Fact]
    public async Task A_deployment_is_placed_shown_explained_closed_and_billed()
    {
        await using var world = await SiloWorld.StartAsync();
        await world.NodeAsync();
        var key = PrivateKey.Generate();
        using var http = await world.TenantAsync(key, tokens: 1000);
        var client = await ClientAsync(world, http, key.Address);
        var request = await new RawTenant(world, key).RequestAsync(Manifests.Web);

        var deployed = await client.SubmitAsync(request);
        var again = await client.SubmitAsync(request);
        Assert.Equal(deployed.Orders, again.Orders);

        var active = await Until.Is("its lease is active", () => client.GetDeploymentAsync(deployed.Deployment), static status => status.Orders[0].Leases is [{ Phase: LeasePhase.Active }]);
        Assert.Equal((DeploymentPhase.Active, "web", key.Address), (active.Phase, active.Name, active.Payer));
        Assert.Equal(deployed.Orders[0].Order, active.Orders[0].Order);
        Assert.NotEmpty(await client.GetMatchRecordAsync(active.Orders[0].Order));

        await client.CloseAsync(deployed.Deployment);
        var closed = await Until.Is("it is closed", () => client.GetDeploymentAsync(deployed.Deployment), static status => status.Phase == DeploymentPhase.Closed);
        var account = await client.GetAccountAsync(key.Address);
        Assert.Equal((closed.Charged, Money.Zero), (account.Charged, account.Held));
        Assert.Equal(Money.FromTokens(1000) - closed.Charged, account.Available);
    }

    [Fact]
    public async Task What_does_not_exist_and_what_is_not_signed_well_is_refused_by_kind()
    {
        await using var world = await SiloWorld.StartAsync();
        var key = PrivateKey.Generate();
        using var http = await world.TenantAsync(key, tokens: 1000);
        var client = await ClientAsync(world, http, key.Address);
        using var stranger = PrivateKey.Generate();
        var request = await new RawTenant(world, key).RequestAsync(Manifests.Web);
        var foreign = request with { Authorization = request.Authorization.Value.Sign(stranger, GridDomain.Local) };

        var missing = await Assert.ThrowsAsync<GridException>(() => client.GetDeploymentAsync(new DeploymentId(ContentHash.OfUtf8("nothing"))));
        var refused = await Assert.ThrowsAsync<GridException>(() => client.SubmitAsync(foreign));

        Assert.Equal(GridErrorKind.NotFound, missing.Kind);
        Assert.Equal(GridErrorKind.Refused, refused.Kind);
    }

    [Fact]
    public async Task Only_the_operators_key_funds_an_account_and_each_order_once()
    {
        await using var world = await SiloWorld.StartAsync();
        var key = PrivateKey.Generate();
        using var http = await world.TenantAsync(key, tokens: 0);
        var client = await ClientAsync(world, http, key.Address);
        var order = new FundOrder(world.OperatorKey.Address, key.Address, Money.FromTokens(7), ContentHash.OfUtf8("once"));

        await Assert.ThrowsAsync<GridException>(() => client.FundAsync(order.Sign(key, GridDomain.Local)));
        await client.FundAsync(order.Sign(world.OperatorKey, GridDomain.Local));
        var account = await client.FundAsync(order.Sign(world.OperatorKey, GridDomain.Local));

        Assert.Equal(Money.FromTokens(7), account.Deposited);
    }
}

public sealed class HttpTransport : GridClientContract
{
    private protected override Task<IGridClient> ClientAsync(SiloWorld world, GridClient http, Address caller) => Task.FromResult<IGridClient>(http);
}

public sealed class GrainTransport : GridClientContract
{
    private protected override async Task<IGridClient> ClientAsync(SiloWorld world, GridClient http, Address caller) =>
        new GrainGridClient(world.App.Services.GetRequiredService<IGrainFactory>(), await http.GetOperatorAsync(), caller);
}
