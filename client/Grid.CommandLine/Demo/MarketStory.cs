using System.Diagnostics;
using Grid.Client;
using Grid.CommandLine.Deployments;
using Grid.CommandLine.LocalGrids;
using Grid.CommandLine.Output;
using Grid.CommandLine.Providers.Offers;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Offers;

namespace Grid.CommandLine.Demo;

/// <summary>
/// What the demo shows of the market: the best provider's owner asks more than an order pays, and the next match passes it over; an order
/// that nobody fits
/// stands, and is matched when a node joins.
/// </summary>
internal sealed class MarketStory(LocalGrid grid, CommandOutput output, Steps steps)
{
    public static readonly DemoSample Sample = new("market", "a service that sleeps", null, "");

    private static readonly RatePerHour s_tooMuch = new(1_000 * Money.MicroUnitsPerToken);

    private GridClient Client => grid.Operators[0].Client;

    /// <returns>What happened, and the deployment, which is closing.</returns>
    public async Task<(DemoLivePrice Report, DeploymentId Deployment)> MoveAPriceAsync(CancellationToken cancellation)
    {
        output.Line();
        output.Line("── a price changes, and the next match sees it");
        using var folder = new TemporaryFolder();
        var manifest = Manifest(folder, region: null);
        var before = await ScreenAsync(manifest, cancellation);
        var best = before.Matching![0].Provider;
        steps.Reached(
            "screened",
            $"{before.Providers} providers fit; {Words.Short(best)} is the best, at {Words.Rate(before.Matching[0].RatePerHour)}");

        var since = Stopwatch.GetTimestamp();
        var owner = new NodeFolder(Path.Combine(grid.DataFolder, grid.Nodes.Single(node => node.Provider == best).Name));
        var listing = owner.ChangeAsync(static choices => choices.With(new PriceChoice(PriceKeys.Cpu, s_tooMuch)), cancellation);
        var after = await UntilAsync(
            () => ScreenAsync(manifest, cancellation), found =>
            found.Matching!.All(one => one.Provider != best), "the new price", cancellation);
        var seenMs = (long)Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        steps.Reached(
            "repriced",
            $"{Words.Short(best)} asks {Words.Rate(s_tooMuch)} a core; seen by a match after {seenMs} ms: {after.Providers} providers fit");

        var placed = await DeployAsync(manifest, cancellation);
        var chosen = Placement.Current(placed).Single().Chosen!.Value;
        if (chosen == best) throw new GridException(GridErrorKind.BadAnswer, $"{best} was chosen at a price that the order does not pay.");
        await listing;
        await owner.ChangeAsync(static _ => new OfferChoices(), cancellation);
        await Client.CloseAsync(placed.Deployment, cancellation);
        return (new DemoLivePrice(best, before.Providers, after.Providers, seenMs, chosen), placed.Deployment);
    }

    /// <returns>What happened, and the deployment, which is closing.</returns>
    public async Task<(DemoStandingOrder Report, DeploymentId Deployment)> LetAnOrderStandAsync(CancellationToken cancellation)
    {
        output.Line();
        output.Line("── an order waits for a node");
        using var folder = new TemporaryFolder();
        var node = grid.Nodes.Last(static node => !node.Program!.HasExited);
        var manifest = Manifest(folder, node.Profile.Region);
        await grid.KillAsync(node);
        await UntilAsync(
            () => ScreenAsync(manifest, cancellation), static found => found.Providers == 0, "the node's absence", cancellation);

        var deployed = await Client.DeployAsync(manifest, new DeployOptions(), progress: null, cancellation);
        var standing = await OrderAsync(
            deployed.Deployment, static order => order.Phase == OrderPhase.Standing, "the order to stand", cancellation);
        steps.Reached("standing", $"in {node.Profile.Region}: {standing.Message}");

        var since = Stopwatch.GetTimestamp();
        grid.StartNode(node);
        var leased = await OrderAsync(deployed.Deployment, static order => order.Phase == OrderPhase.Leased, "a lease", cancellation);
        var leasedMs = (long)Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        steps.Reached("matched", $"{node.Name} joined, and has the lease {leasedMs} ms after its start");
        if (leased.Chosen != node.Provider)
            throw new GridException(GridErrorKind.BadAnswer, $"{leased.Chosen} was chosen, where {node.Provider} alone fits.");
        await Client.CloseAsync(deployed.Deployment, cancellation);
        return (new DemoStandingOrder(leased.Order, standing.Message ?? "", node.Provider, leasedMs), deployed.Deployment);
    }

    private async Task<PlacementScreen> ScreenAsync(ManifestFile manifest, CancellationToken cancellation) =>
        (await Client.ScreenAsync(manifest, cancellation)).Placements.Single();

    private async Task<DeploymentStatus> DeployAsync(ManifestFile manifest, CancellationToken cancellation)
    {
        var deployed = await Client.DeployAsync(manifest, new DeployOptions(), progress: null, cancellation);
        return await Placement.WatchAsync(Client, deployed.Deployment, steps, cancellation);
    }

    private Task<OrderStatus> OrderAsync(
        DeploymentId deployment, Func<OrderStatus, bool> isIt, string what, CancellationToken cancellation) => UntilAsync(
        async () => Placement.Current(await Client.GetDeploymentAsync(deployment, cancellation)).Single(), isIt, what, cancellation);

    private static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isIt, string what, CancellationToken cancellation)
    {
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < Limits.MarketPatience;)
        {
            var seen = await look();
            if (isIt(seen)) return seen;
            await Task.Delay(Limits.PollPause, cancellation);
        }

        throw new GridException(GridErrorKind.BadAnswer, $"{what} was not seen within {Limits.MarketPatience.TotalSeconds} s.");
    }

    private static ManifestFile Manifest(TemporaryFolder folder, string? region)
    {
        var attributes = region is null ? "" : $"attributes: {{region: {region}}}";
        var path = Path.Combine(folder.Path, "deploy.yaml");
        File.WriteAllText(path, $$"""
            version: "1.0"
            services:
              idle: {image: host, command: ["/bin/sh", "-c", "sleep 600"]}
            profiles:
              name: market
              mode: provider
              compute:
                idle:
                  resources:
                    cpu: {units: 0.1}
                    memory: {size: 32Mi}
                    storage: [{size: 16Mi}]
              placement:
                somewhere:
                  {{attributes}}
                  pricing: {idle: {token: GRID, amount: 1} }
            deployment:
              idle:
                somewhere: {profile: idle, count: 1}
            """);
        return ManifestFile.Read(path);
    }
}
