using System.Net;
using Grid.Chain.Crypto;
using Grid.Protocol.Api;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Api;

public sealed class SignIns
{
    [Fact]
    public async Task A_signed_message_gets_a_token_that_opens_the_account()
    {
        await using var world = await SiloWorld.StartAsync();
        var tenant = new RawTenant(world, PrivateKey.Generate());

        var token = await tenant.SignInAsync();

        Assert.Equal(HttpStatusCode.OK, (await tenant.GetAsync(ApiRoutes.Of(ApiRoutes.Account, tenant.Address.ToString()), token)).StatusCode);
        var other = PrivateKey.Generate().Address.ToString();
        await (await tenant.GetAsync(ApiRoutes.Of(ApiRoutes.Account, other), token)).IsProblemAsync(HttpStatusCode.Forbidden, ProblemCodes.NotYours);
    }

    [Fact]
    public async Task A_message_signed_by_another_key_is_refused_and_does_not_burn_the_nonce()
    {
        await using var world = await SiloWorld.StartAsync();
        var tenant = new RawTenant(world, PrivateKey.Generate());
        var (message, _) = await tenant.MessageAsync();

        var forged = await tenant.SignInAsync(message, PrivateKey.Generate().Sign(Eip191.Hash(message)));

        await forged.IsProblemAsync(HttpStatusCode.Unauthorized, ProblemCodes.SignInInvalid);
        Assert.Equal(HttpStatusCode.OK, (await tenant.SignInAsync(message, tenant.Sign(message))).StatusCode);
    }

    [Fact]
    public async Task A_nonce_is_taken_once()
    {
        await using var world = await SiloWorld.StartAsync();
        var tenant = new RawTenant(world, PrivateKey.Generate());
        var (message, _) = await tenant.MessageAsync();

        Assert.Equal(HttpStatusCode.OK, (await tenant.SignInAsync(message, tenant.Sign(message))).StatusCode);
        await (await tenant.SignInAsync(message, tenant.Sign(message))).IsProblemAsync(HttpStatusCode.Unauthorized, ProblemCodes.SignInInvalid);
    }

    [Fact]
    public async Task A_message_for_another_host_is_refused()
    {
        await using var world = await SiloWorld.StartAsync();
        var tenant = new RawTenant(world, PrivateKey.Generate());
        var (message, challenge) = await tenant.MessageAsync();
        var elsewhere = message.Replace(challenge.Domain, "elsewhere.example", StringComparison.Ordinal);

        await (await tenant.SignInAsync(elsewhere, tenant.Sign(elsewhere))).IsProblemAsync(HttpStatusCode.Unauthorized, ProblemCodes.SignInInvalid);
    }

    [Fact]
    public async Task A_token_expires()
    {
        await using var world = await SiloWorld.StartAsync(static options => options with { TokenLifetime = TimeSpan.Zero });
        var tenant = new RawTenant(world, PrivateKey.Generate());
        var token = await tenant.SignInAsync();

        var problem = await (await tenant.GetAsync(ApiRoutes.Deployments, token)).IsProblemAsync(HttpStatusCode.Unauthorized, ProblemCodes.NotSignedIn);
        Assert.Contains("expired", problem.Detail, StringComparison.Ordinal);
    }
}
