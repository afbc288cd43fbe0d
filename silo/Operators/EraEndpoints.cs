using System.Globalization;
using Grid.Chain.Crypto;
using Grid.Eras;
using Grid.Protocol.Api;
using Grid.Silo.Api;
using Orleans;
using Route = Grid.Silo.Api.Route;

namespace Grid.Silo.Operators;

/// <summary>What this operator publishes of the eras, for its peers and for anybody who checks them.</summary>
internal sealed class EraEndpoints(IGrainFactory grains, EraPorts ports, GridParameters parameters, TimeProvider time)
{
    private const string Binary = "application/octet-stream";

    public void MapTo(IEndpointRouteBuilder routes)
    {
        routes.Add(HttpMethods.Get, ApiRoutes.Eras, GetOverview);
        routes.Add(HttpMethods.Get, ApiRoutes.EraFile, GetFile);
        routes.Add(HttpMethods.Get, ApiRoutes.EraLeaves, GetLeaves);
        routes.Add(HttpMethods.Get, ApiRoutes.Era, GetEra);
    }

    private async Task<IResult> GetOverview(HttpContext http)
    {
        var journal = await grains.GetGrain<IEraJournalGrain>(IEraJournalGrain.Key).GetView();
        var weights = await ports.Operators.GetWeightsAsync();
        var schedule = parameters.Eras.Schedule;
        return Route.Json(
            new EraOverview(
                journal.Current,
                journal.NextUndecided,
                journal.LastCommitted,
                schedule.GenesisSeconds,
                schedule.EraSeconds,
                schedule.TickSeconds,
                parameters.RewardBase,
                [.. weights.Operators.Select(address => new OperatorWeight(address, weights.Of(address)))]),
            GridJsonContext.Default.EraOverview);
    }

    private async Task<IResult> GetEra(HttpContext http)
    {
        if (!TryEra(http, out var era, out var problem)) return problem!;
        return Route.Json((await Era(era).GetView()).Status(), GridJsonContext.Default.EraStatus);
    }

    private async Task<IResult> GetLeaves(HttpContext http)
    {
        if (!TryEra(http, out var era, out var problem)) return problem!;
        var view = await Era(era).GetView();
        return view.Record.IsZero ? Problems.NotFound($"record of era {era} yet") : await FileAsync(view.Record);
    }

    private Task<IResult> GetFile(HttpContext http) => Route.TryId<Hash256>(http, "id", out var hash, out var problem) ? FileAsync(hash) : Task.FromResult(problem!);

    private async Task<IResult> FileAsync(Hash256 hash) => await ports.Files.FindAsync(hash) is { } bytes ? Results.Bytes(bytes, Binary) : Problems.NotFound($"file {hash}");

    /// <summary>An era that has not begun has nothing to tell, and activates no grain.</summary>
    private bool TryEra(HttpContext http, out ulong era, out IResult? problem)
    {
        problem = null;
        var current = parameters.Eras.Schedule.EraAt(time.GetUtcNow().ToUnixTimeSeconds());
        if (!ulong.TryParse(Route.Text(http, "id"), NumberStyles.None, CultureInfo.InvariantCulture, out era)) problem = Problems.Malformed("id is no era: expected a number, as 42.", new ProblemField("id", "is no number."));
        else if (current is null || era > current) problem = Problems.NotFound($"era {era} yet: the current one is {current}");
        return problem is null;
    }

    private IEraGrain Era(ulong era) => grains.GetGrain<IEraGrain>(era.ToString(CultureInfo.InvariantCulture));
}
