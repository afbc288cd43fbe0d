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
        using var open = await OpenClient.WithWalletAsync(asked, cancellation);
        var matches = new List<MatchExplanation>();
        foreach (var order in await OrdersOfAsync(open.Client, asked.GetRequiredValue(Id), cancellation))
        {
            var evidence = await open.Client.ExplainAsync(order, asked.GetValue(Verify), cancellation);
            matches.Add(asked.GetValue(Provider) is { } provider ? Only(evidence.Explanation, provider) : evidence.Explanation);
        }
        var isSound = matches.All(match => match.Differences is null or []);
        output.Answer(new ExplainAnswer(isSound, matches), ExplainJson.Default.ExplainAnswer, answer =>
        {
            foreach (var match in answer.Matches) MatchView.Show(match, output);
        });
        return isSound ? Guard.Ok : Guard.Failed;
    }

    private static async Task<IReadOnlyList<OrderId>> OrdersOfAsync(GridClient client, string text, CancellationToken cancellation)
    {
        if (OrderId.TryParse(text, null, out var order) && await TryStatusAsync(client, new DeploymentId(order.Value), cancellation) is null) return [order];
        var deployment = await client.GetDeploymentAsync(await IdPrefix.ResolveAsync(client, text, cancellation), cancellation);
        return [.. deployment.Orders.Select(placed => placed.Order)];
    }

    private static async Task<Protocol.Api.DeploymentStatus?> TryStatusAsync(GridClient client, DeploymentId id, CancellationToken cancellation)
    {
        try
        {
            return await client.GetDeploymentAsync(id, cancellation);
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
