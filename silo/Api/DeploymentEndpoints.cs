using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Deployments;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;
using Grid.Silo.Blobs;
using Grid.Silo.Hosting;
using Grid.Views;
using Orleans;

namespace Grid.Silo.Api;

internal sealed class DeploymentEndpoints(
    IGrainFactory grains, OperatorKeys keys, SubmissionRules rules, InputBlobs blobs, LeaseViews leases, Drain drain, TimeProvider time)
{
    private const int RetryAfterMs = 5_000;

    public void MapTo(IEndpointRouteBuilder routes)
    {
        var signedIn = routes.MapGroup("").AddEndpointFilter(Caller.Required);
        signedIn.Add(HttpMethods.Post, ApiRoutes.Deployments, Submit);
        signedIn.Add(HttpMethods.Get, ApiRoutes.Deployments, List);
        signedIn.Add(HttpMethods.Get, ApiRoutes.Deployment, Get);
        signedIn.Add(HttpMethods.Post, ApiRoutes.CloseDeployment, Close);
        signedIn.Add(HttpMethods.Delete, ApiRoutes.Deployment, Close);
    }

    /// <summary>Idempotent: the id is the digest of the authorization, and the same submission again gets the same answer.</summary>
    private async Task<IResult> Submit(HttpContext http)
    {
        if (drain.HasStarted) return Problems.Unavailable("The operator is shutting down.", RetryAfterMs);
        var (request, malformed) = await RequestBody.ReadAsync(http, GridJsonContext.Default.DeployRequest);
        if (request is null) return malformed!;
        if (rules.ProblemOf(request, Caller.Known(http)) is { } problem) return problem;

        var authorization = request.Authorization.Value;
        var deployment = DeploymentIds.Derive(authorization, keys.Grid.Domain);
        foreach (var input in request.Inputs) blobs.Claim(deployment, input.Input.Service, input.Input.Name, input.SealedSha256);
        var submission = new DeploymentSubmission(request.Authorization, request.Manifest, [.. request.Secrets], [.. request.Inputs.Select(static input => input.Input)], request.TenantKey);
        var result = await grains.GetGrain<IDeploymentGrain>(deployment.ToString()).Submit(submission);
        if (!result.IsAccepted)
        {
            blobs.Unclaim(deployment);
            return await RefusalAsync(result, authorization);
        }

        return Route.Json(new DeployResponse(deployment, OrderRefs.Of(deployment, request.Manifest)), GridJsonContext.Default.DeployResponse);
    }

    private async Task<IResult> List(HttpContext http)
    {
        var after = http.Request.Query["after"].ToString();
        var page = (await DeploymentsOfAsync(Caller.Known(http))).Where(id => string.CompareOrdinal(id, after) > 0).Take(Limits.PageSize + 1).ToArray();
        var found = await BoundedReads.AllAsync(page.Take(Limits.PageSize), id => grains.GetGrain<IDeploymentGrain>(id).GetView());
        var next = page.Length > Limits.PageSize ? page[Limits.PageSize - 1] : null;
        return Route.Json(new DeploymentList([.. found.OfType<DeploymentView>().Select(DeploymentStatuses.SummaryOf)], next), GridJsonContext.Default.DeploymentList);
    }

    /// <returns>Sorted by id.</returns>
    private async Task<IEnumerable<string>> DeploymentsOfAsync(Address payer)
    {
        var deployments = await grains.GetGrain<IAccountGrain>(payer.ToString()).ListDeployments();
        return deployments.Select(static id => id.ToString()).Order(StringComparer.Ordinal);
    }

    private async Task<IResult> Get(HttpContext http)
    {
        if (!Route.TryId<DeploymentId>(http, "id", out var id, out var problem)) return problem!;
        var view = await grains.GetGrain<IDeploymentGrain>(id.ToString()).GetView();
        if (view is null) return Problems.NotFound($"deployment {id}");
        var caller = Caller.Known(http);
        return caller == view.Payer || caller == keys.Grid.Operator ? Status(view) : Problems.NotYours($"Deployment {id}");
    }

    private async Task<IResult> Close(HttpContext http)
    {
        if (!Route.TryId<DeploymentId>(http, "id", out var id, out var problem)) return problem!;
        var grain = grains.GetGrain<IDeploymentGrain>(id.ToString());
        if (await grain.Close(Caller.Known(http)) is { } closed) return Status(closed);
        return await grain.GetView() is null ? Problems.NotFound($"deployment {id}") : Problems.NotYours($"Deployment {id}");
    }

    private IResult Status(DeploymentView view) => Route.Json(DeploymentStatuses.Of(view, leases.Of), GridJsonContext.Default.DeploymentStatus);

    private async Task<IResult> RefusalAsync(SubmitResult result, Authorization authorization)
    {
        var field = result.Field ?? "";
        return Problems.Invalid(await CodeAsync(field, authorization), field, result.Refusal ?? "was refused.");
    }

    private async Task<string> CodeAsync(string field, Authorization authorization)
    {
        if (field == "authorization.manifestHash") return ProblemCodes.ManifestHashDiffers;
        if (field.StartsWith("manifest", StringComparison.Ordinal)) return ProblemCodes.ManifestInvalid;
        if (field == "secrets") return ProblemCodes.SecretMissing;
        if (field == "inputs") return ProblemCodes.InputMissing;
        if (authorization.ExpiryUnixSeconds <= time.GetUtcNow().ToUnixTimeSeconds()) return ProblemCodes.AuthorizationExpired;
        var account = await grains.GetGrain<IAccountGrain>(authorization.Payer.ToString()).GetView();
        return account.NextSequence == authorization.Sequence ? ProblemCodes.AuthorizationInvalid : ProblemCodes.SequenceTaken;
    }
}
