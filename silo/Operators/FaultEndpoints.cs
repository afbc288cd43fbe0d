using Grid.Eras;
using Grid.Protocol.Api;
using Grid.Protocol.Slashing;
using Grid.Silo.Api;
using Grid.Slashing;
using Orleans;
using Route = Grid.Silo.Api.Route;

namespace Grid.Silo.Operators;

/// <summary>Where peers ask for this operator's signature under a fault. It is evidence for everybody, so that anyone may have it who shows the claim.</summary>
internal sealed class FaultEndpoints(IGrainFactory grains, IOperatorSet operators, GridIdentity identity)
{
    public void MapTo(IEndpointRouteBuilder routes) => routes.Add(HttpMethods.Post, ApiRoutes.Faults, Witness);

    private async Task<IResult> Witness(HttpContext http)
    {
        if (http.Request.ContentLength is null or > Protocol.Slashing.Limits.MaxClaimBytes)
            return Problems.Malformed($"A claim says its length and has {Protocol.Slashing.Limits.MaxClaimBytes} bytes at most.", new ProblemField("body", "is too long."));
        var (request, malformed) = await RequestBody.ReadAsync(http, GridJsonContext.Default.FaultRequest);
        if (request is null) return malformed!;
        var claim = request.ToClaim();
        var answer = await RefusalAsync(claim) is { } refusal
            ? new WitnessAnswer(null, refusal)
            : await grains.GetGrain<ISlashingGrain>(claim.Fault.Provider.ToString()).Witness(claim);
        return Route.Json(new FaultAnswer(answer.Signature, answer.Refusal), GridJsonContext.Default.FaultAnswer);
    }

    /// <summary>Strangers make no grain begin to work.</summary>
    private async Task<string?> RefusalAsync(FaultClaim claim)
    {
        var weights = await operators.GetWeightsAsync();
        if (!weights.Contains(claim.Fault.Reporter)) return $"the reporter, {claim.Fault.Reporter}, is no operator of this set.";
        return claim.Evidence.Opening.IsSignedBy(claim.Fault.Reporter, identity.Domain) ? null : "the opening is not signed by the reporter.";
    }
}
