using System.CommandLine;
using System.Text.Json.Serialization;
using Grid.Client;
using Grid.CommandLine.Deployments;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;
using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.CommandLine.Matches;

/// <summary><c>grid explain ID</c>: why an order went where it went, worked out here from the match record.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "A deployment's or an order's id, or the beginning of a deployment's." };
    private static readonly Option<bool> Verify = new("--verify") { Description = "Recompute every number of the record, and fail where one differs." };
    private static readonly Option<string?> Provider = new("--provider") { Description = "Only this provider, or the beginning of its address.", HelpName = "P" };

    public static Command Create()
    {
        var command = new Command("explain", "Explain a match, factor by factor. Examples: grid explain 0x5b1c --verify · grid explain 0x5b1c --provider 0x8f3a") { Id, Verify, Provider }.WithConnection();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = await OpenOperators.WithWalletAsync(asked, cancellation);
        var (client, orders) = await OrdersOfAsync(open.All, asked.GetRequiredValue(Id), cancellation);
        var matches = new List<MatchExplanation>();
        foreach (var order in orders)
        {
            var evidence = await client.ExplainAsync(order, asked.GetValue(Verify), cancellation);
            matches.Add(asked.GetValue(Provider) is { } provider ? Only(evidence.Explanation, provider) : evidence.Explanation);
        }
        var isSound = matches.All(match => match.Differences is null or []);
        output.Answer(new ExplainAnswer(isSound, matches), ExplainJson.Default.ExplainAnswer, answer =>
        {
            foreach (var match in answer.Matches) MatchView.Show(match, output);
        });
        return isSound ? Guard.Ok : Guard.Failed;
    }

    private static async Task<(GridClient Client, IReadOnlyList<OrderId> Orders)> OrdersOfAsync(GridOperators operators, string text, CancellationToken cancellation)
    {
        if (OrderId.TryParse(text, null, out var id))
        {
            var answers = await operators.AskAllAsync((client, stop) => OrdersAtAsync(client, id, stop), cancellation);
            foreach (var (client, orders, _) in answers)
                if (orders is { Count: > 0 })
                    return (client, orders);
            throw GridOperators.NotFound($"a deployment or an order {id}", answers);
        }

        var (holder, deployment) = await IdPrefix.FindAsync(operators, text, cancellation);
        return (holder, [.. (await holder.GetDeploymentAsync(deployment, cancellation)).Orders.Select(static placed => placed.Order)]);
    }

    /// <returns>None where this operator knows neither a deployment nor an order of that id.</returns>
    private static async Task<IReadOnlyList<OrderId>> OrdersAtAsync(GridClient client, OrderId id, CancellationToken cancellation)
    {
        try
        {
            var deployment = new DeploymentId(id.Value);
            if (await TryAsync(() => client.GetDeploymentAsync(deployment, cancellation)) is { } status) return [.. status.Orders.Select(static placed => placed.Order)];
            await client.GetMatchRecordAsync(id, cancellation);
            return [id];
        }
        catch (GridException e) when (e.Kind == GridErrorKind.NotFound)
        {
            return [];
        }
    }

    private static async Task<Protocol.Api.DeploymentStatus?> TryAsync(Func<Task<Protocol.Api.DeploymentStatus>> ask)
    {
        try
        {
            return await ask();
        }
        catch (GridException e) when (e.Kind is GridErrorKind.NotFound or GridErrorKind.Unauthorized)
        {
            return null;
        }
    }

    private static MatchExplanation Only(MatchExplanation match, string provider)
    {
        var found = match.Candidates.Where(candidate => $"{candidate.Provider}".StartsWith(provider, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (found.Length == 0)
            throw new GridException(GridErrorKind.NotFound, $"No provider {provider} is among the {match.Candidates.Length} candidates of order {match.Order}: it was excluded ({match.Excluded.Sum(filter => filter.Count)} listings were) or scored lower.");
        return match with { Candidates = [.. found] };
    }
}

/// <param name="Ok">False where verification found a difference.</param>
internal sealed record ExplainAnswer(bool Ok, IReadOnlyList<MatchExplanation> Matches);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExplainAnswer))]
internal sealed partial class ExplainJson : JsonSerializerContext;
