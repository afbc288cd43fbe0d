using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Protocol.Api;
using Grid.Silo.Hosting;
using Grid.Views;
using Orleans;

namespace Grid.Silo.Api;

internal sealed class AccountEndpoints(IGrainFactory grains, OperatorKeys keys)
{
    public void MapTo(IEndpointRouteBuilder routes)
    {
        routes.Add(HttpMethods.Get, ApiRoutes.Account, Get).AddEndpointFilter(Caller.Required);
        routes.Add(HttpMethods.Post, ApiRoutes.Fund, Fund);
    }

    private async Task<IResult> Get(HttpContext http)
    {
        if (!Route.TryId<Address>(http, "id", out var payer, out var problem)) return problem!;
        var caller = Caller.Known(http);
        if (caller != payer && caller != keys.Grid.Operator) return Problems.NotYours("The account");
        return await StatusAsync(payer);
    }

    /// <summary>No sign-in: the order itself is signed by the operator's key.</summary>
    private async Task<IResult> Fund(HttpContext http)
    {
        if (keys.Grid.HasChain) return Problems.Of(StatusCodes.Status409Conflict, ProblemCodes.OnlyLocalLedger, "Deposits lie in the escrow: deposit there.");
        if (!Route.TryId<Address>(http, "id", out var payer, out var problem)) return problem!;
        var (request, malformed) = await RequestBody.ReadAsync(http, GridJsonContext.Default.FundRequest);
        if (request is null) return malformed!;
        var order = request.Order;
        if (order.Value.Operator != keys.Grid.Operator) return Problems.Invalid(ProblemCodes.AuthorizationInvalid, "order.operator", $"is {order.Value.Operator}, expected {keys.Grid.Operator}.");

        var result = await grains.GetGrain<ILocalLedgerGrain>(payer.ToString()).Fund(order);
        return result.IsBooked ? await StatusAsync(payer) : Problems.Invalid(ProblemCodes.AuthorizationInvalid, "order", result.Refusal ?? "was refused.");
    }

    private async Task<IResult> StatusAsync(Address payer)
    {
        var view = await grains.GetGrain<IAccountGrain>(payer.ToString()).Refresh();
        return Route.Json(AccountStatuses.Of(payer, view), GridJsonContext.Default.AccountStatus);
    }
}
