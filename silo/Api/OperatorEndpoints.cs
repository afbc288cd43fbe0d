using Grid.Protocol.Api;
using Grid.Silo.Hosting;

namespace Grid.Silo.Api;

internal sealed class OperatorEndpoints(OperatorKeys keys, GridParameters parameters)
{
    public void MapTo(IEndpointRouteBuilder routes) => routes.Add(HttpMethods.Get, ApiRoutes.Operator, Get);

    private Task<IResult> Get(HttpContext http) => Task.FromResult(Route.Json(
        new OperatorInfo(
            keys.Grid.Operator,
            keys.Grid.Domain.ChainId,
            keys.Grid.Domain.VerifyingContract,
            keys.Grid.HasChain ? LedgerKind.Chain : LedgerKind.Local,
            parameters.Token,
            (uint)parameters.FeePpm,
            (int)parameters.Tick.TotalMilliseconds,
            (int)parameters.DefaultRunAheadSeconds,
            keys.Published,
            default,
            SiloVersion.Text),
        GridJsonContext.Default.OperatorInfo));
}
