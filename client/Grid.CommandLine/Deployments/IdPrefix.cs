using System.Runtime.CompilerServices;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Deployments;

/// <summary>Finds what a shortened id means among the wallet's own deployments, and which operator has it.</summary>
internal static class IdPrefix
{
    private const int FullLength = 66;
    private const int ShortestLength = 4;

    public static async Task<(GridClient Client, DeploymentId Id)> FindAsync(GridOperators operators, string text, CancellationToken cancellation)
    {
        var prefix = Normalize(text);
        if (prefix.Length == FullLength && DeploymentId.TryParse(prefix, null, out var full))
            return (operators.All.Count == 1 ? operators.All[0] : (await operators.FindAsync(full, cancellation)).Client, full);
        var answers = await operators.AskAllAsync((client, stop) => MatchesAsync(client, prefix, stop), cancellation);
        var matches = answers.SelectMany(static answer => (answer.Answer ?? []).Select(id => (answer.Client, Id: id))).ToArray();
        return matches switch
        {
            [var only] => only,
            [] => throw NothingWith(prefix, answers),
            _ => throw new GridException(
                GridErrorKind.InvalidInput,
                $"{prefix} is the beginning of {matches.Length} deployments: {string.Join(", ", matches.Take(3).Select(static match => match.Id))}… Give more of it."),
        };
    }

    public static async IAsyncEnumerable<DeploymentSummary> AllAsync(GridClient client, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? after = null;
        for (var page = 0; page < Limits.MaxPages; page++)
        {
            var list = await client.ListDeploymentsAsync(after, cancellation);
            foreach (var deployment in list.Deployments) yield return deployment;
            if ((after = list.Next) is null) yield break;
        }
    }

    private static async Task<List<DeploymentId>> MatchesAsync(GridClient client, string prefix, CancellationToken cancellation)
    {
        var matches = new List<DeploymentId>();
        await foreach (var deployment in AllAsync(client, cancellation))
            if ($"{deployment.Deployment}".StartsWith(prefix, StringComparison.Ordinal))
                matches.Add(deployment.Deployment);
        return matches;
    }

    private static GridException NothingWith(string prefix, OperatorAnswer<List<DeploymentId>>[] answers) => answers is [{ Away: { } away }]
        ? away
        : answers.Any(static answer => answer.Away is not null)
            ? GridOperators.NotFound($"a deployment of this wallet that begins with {prefix}", answers)
            : new GridException(GridErrorKind.NotFound, $"No deployment of this wallet begins with {prefix}. `grid ls` shows them.");

    private static string Normalize(string text)
    {
        var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        if (digits.Length is < ShortestLength or > FullLength - 2 || !digits.All(char.IsAsciiHexDigit))
            throw new GridException(GridErrorKind.InvalidInput, $"'{text}' is no id: expected 0x and at least the first {ShortestLength} of its 64 hexadecimal digits. `grid ls` shows them.");
        return "0x" + digits.ToLowerInvariant();
    }
}
