using System.CommandLine;
using System.Text.Json.Serialization;
using Grid.Client;
using Grid.CommandLine.Deployments;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Matching;

namespace Grid.CommandLine.Matches;

/// <summary><c>grid explain ID</c>: why an order went where it went, worked out here from the match record.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "A deployment's or an order's id, or the beginning of a deployment's." };
    private static readonly Option<bool> Verify = new("--verify") { Description = "Recompute every number of the record, and fail where one differs." };
    private static readonly Option<bool> Full = new("--full") { Description = "Have the index rebuilt as it was, from its kept changes, and the match made again: bit for bit the same, or it fails." };
    private static readonly Option<string?> Provider = new("--provider")
    {
        Description = "Only this provider, or the beginning of its address; by its whole address also one that was not among the best: why, and what would have won.",
        HelpName = "P",
    };

    public static Command Create()
    {
        var command = new Command("explain", "Explain a match, factor by factor. Examples: grid explain 0x5b1c --verify --full · grid explain 0x5b1c --provider 0x8f3a") { Id, Verify, Full, Provider }.WithConnection();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = await OpenOperators.WithWalletAsync(asked, cancellation);
        var (client, orders) = await OrdersOfAsync(open.All, asked.GetRequiredValue(Id), cancellation);
        var (matches, full) = (new List<MatchExplanation>(), new List<FullExplanation>());
        foreach (var order in orders)
        {
            var evidence = await client.ExplainAsync(order, asked.GetValue(Verify), cancellation);
            var provider = asked.GetValue(Provider);
            ProviderId? whole = ProviderId.TryParse(provider, null, out var id) ? id : null;
            if (asked.GetValue(Full) || whole is not null) full.Add(await client.ExplainFullyAsync(order, whole, cancellation));
            matches.Add(provider is null ? evidence.Explanation : Only(evidence.Explanation, provider, whole is not null));
        }
        var isSound = matches.All(match => match.Differences is null or []) && (!asked.GetValue(Full) || full.All(static again => again.Differences is []));
        output.Answer(new ExplainAnswer(isSound, matches, full), ExplainJson.Default.ExplainAnswer, answer =>
        {
            foreach (var match in answer.Matches) MatchView.Show(match, output);
            foreach (var again in answer.Full) FullView.Show(again, output);
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

    private static async Task<DeploymentStatus?> TryAsync(Func<Task<DeploymentStatus>> ask)
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

    /// <param name="isExplained">Whether it is explained though it is not among the candidates.</param>
    private static MatchExplanation Only(MatchExplanation match, string provider, bool isExplained)
    {
        var found = match.Candidates.Where(candidate => $"{candidate.Provider}".StartsWith(provider, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (found.Length == 0 && !isExplained)
            throw new GridException(GridErrorKind.NotFound, $"No provider {provider} is among the {match.Candidates.Length} candidates of order {match.Order}: give its whole address to learn why. Either it was excluded ({match.Excluded.Sum(filter => filter.Count)} listings were) or scored lower.");
        return match with { Candidates = [.. found] };
    }
}

/// <param name="Ok">False where verification found a difference.</param>
/// <param name="Full">Of each match that was made again.</param>
internal sealed record ExplainAnswer(bool Ok, IReadOnlyList<MatchExplanation> Matches, IReadOnlyList<FullExplanation> Full);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExplainAnswer))]
internal sealed partial class ExplainJson : JsonSerializerContext;
