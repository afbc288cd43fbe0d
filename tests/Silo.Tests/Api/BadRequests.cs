using System.Net;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Api;

public sealed class BadRequests
{
    [Fact]
    public async Task Whatever_is_wrong_with_a_request_its_answer_is_a_problem_with_a_code()
    {
        await using var world = await SiloWorld.StartAsync();
        var tenant = new RawTenant(world, PrivateKey.Generate());
        var token = await tenant.SignInAsync();
        var nobody = Hash256.Parse("0x" + new string('7', 64)).ToString();

        await (await tenant.GetAsync("/v1/no-such-thing")).IsProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        await (await tenant.GetAsync(ApiRoutes.Deployments)).IsProblemAsync(HttpStatusCode.Unauthorized, ProblemCodes.NotSignedIn);
        await (await tenant.GetAsync(ApiRoutes.Deployments, "no-token")).IsProblemAsync(HttpStatusCode.Unauthorized, ProblemCodes.NotSignedIn);
        await (await tenant.GetAsync(ApiRoutes.Of(ApiRoutes.Deployment, "0x12"), token)).IsProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Malformed);
        await (await tenant.GetAsync(ApiRoutes.Of(ApiRoutes.Deployment, nobody), token)).IsProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        await (await tenant.GetAsync(ApiRoutes.Of(ApiRoutes.Lease, nobody), token)).IsProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        await (await tenant.GetAsync(ApiRoutes.Of(ApiRoutes.LeaseLogs, nobody), token)).IsProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        await (await tenant.GetAsync(ApiRoutes.Of(ApiRoutes.Explain, nobody))).IsProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        await (await tenant.GetAsync(ApiRoutes.NodeLink)).IsProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Malformed);
        await (await tenant.PostAsync(ApiRoutes.Operator, "{}")).IsProblemAsync(HttpStatusCode.MethodNotAllowed, ProblemCodes.Malformed);
        await (await tenant.PostAsync(ApiRoutes.SignIn, "{")).IsProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Malformed);
        await (await tenant.PostAsync(ApiRoutes.Screen, """{"manifest":"no json"}""")).IsProblemAsync(HttpStatusCode.UnprocessableEntity, ProblemCodes.ManifestInvalid);
        await (await tenant.PostAsync(ApiRoutes.Deployments, "{}", token)).IsProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Malformed);
        await (await tenant.PostAsync(ApiRoutes.Deployments, "[" + new string(' ', 9 << 20), token)).IsProblemAsync(HttpStatusCode.RequestEntityTooLarge, ProblemCodes.TooLarge);
    }

    [Fact]
    public async Task A_submission_is_refused_by_the_field_that_is_wrong()
    {
        await using var world = await SiloWorld.StartAsync();
        var key = PrivateKey.Generate();
        using var funded = await world.TenantAsync(key);
        var tenant = new RawTenant(world, key);
        var token = await tenant.SignInAsync();
        var good = await tenant.RequestAsync(Manifests.Web);

        async Task Refused(DeployRequest request, HttpStatusCode status, string code, string field)
        {
            var problem = await (await tenant.PostAsync(ApiRoutes.Deployments, RawTenant.Json(request), token)).IsProblemAsync(status, code);
            if (field.Length > 0) Assert.StartsWith(field, Assert.Single(problem.Errors!).Field, StringComparison.Ordinal);
        }

        await Refused(await new RawTenant(world, PrivateKey.Generate()).RequestAsync(Manifests.Web), HttpStatusCode.Forbidden, ProblemCodes.NotYours, "");
        await Refused(good with { Manifest = "{}" }, HttpStatusCode.UnprocessableEntity, ProblemCodes.ManifestInvalid, "manifest");
        await Refused(await tenant.RequestAsync(Manifests.Web, static authorization => authorization with { ManifestHash = Hash256.Zero }), HttpStatusCode.UnprocessableEntity, ProblemCodes.ManifestHashDiffers, "authorization.manifestHash");
        await Refused(await tenant.RequestAsync(Manifests.Web, static authorization => authorization with { Sequence = 7 }), HttpStatusCode.UnprocessableEntity, ProblemCodes.SequenceTaken, "authorization");
        await Refused(await tenant.RequestAsync(Manifests.Web, static authorization => authorization with { ExpiryUnixSeconds = 1 }), HttpStatusCode.UnprocessableEntity, ProblemCodes.AuthorizationExpired, "authorization");
        await Refused(await tenant.RequestAsync(Manifests.Web, static authorization => authorization with { CumulativeMax = Money.Zero }), HttpStatusCode.UnprocessableEntity, ProblemCodes.AuthorizationInvalid, "authorization");
        var missing = new SealedInput(new NamedInput("web", "data.csv", Hash256.Zero, 1), Hash256.Zero, 100);
        await Refused(good with { Inputs = [missing] }, HttpStatusCode.UnprocessableEntity, ProblemCodes.InputMissing, "inputs.web/data.csv");
        Assert.Empty((await funded.ListDeploymentsAsync()).Deployments);
    }

    [Fact]
    public async Task An_input_is_stored_only_under_its_own_hash()
    {
        await using var world = await SiloWorld.StartAsync();
        var tenant = new RawTenant(world, PrivateKey.Generate());
        var token = await tenant.SignInAsync();
        var bytes = "sealed bytes"u8.ToArray();

        async Task<HttpResponseMessage> Put(Hash256 hash)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, ApiRoutes.Of(ApiRoutes.Inputs, hash.ToString())) { Content = new ByteArrayContent(bytes) };
            request.Headers.Authorization = new("Bearer", token);
            return await world.Http.SendAsync(request);
        }

        await (await Put(Hash256.Zero)).IsProblemAsync(HttpStatusCode.UnprocessableEntity, ProblemCodes.Malformed);
        Assert.Equal(HttpStatusCode.NoContent, (await Put(Protocol.Signing.ContentHash.Of(bytes))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Put(Protocol.Signing.ContentHash.Of(bytes))).StatusCode);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(world.Options.DataDirectory, "blobs", "inputs")));
    }

    [Fact]
    public async Task Too_many_requests_are_refused_with_a_time_to_come_back()
    {
        await using var world = await SiloWorld.StartAsync(static options => options with { RequestsPerTenSeconds = 3 });
        var tenant = new RawTenant(world, PrivateKey.Generate());

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 8; i++) answers.Add(await tenant.GetAsync(ApiRoutes.Operator));

        var refused = answers.Find(static answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.NotNull(refused);
        Assert.True((await refused.IsProblemAsync(HttpStatusCode.TooManyRequests, ProblemCodes.TooManyRequests)).RetryAfterMs > 0);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await tenant.GetAsync("/healthz")).StatusCode);
    }
}
