using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Deployments;

/// <summary>Finds what a shortened id means among the wallet's own deployments.</summary>
internal static class IdPrefix
{
    private const int FullLength = 66;
    private const int ShortestLength = 4;

    public static async Task<DeploymentId> ResolveAsync(GridClient client, string text, CancellationToken cancellation)
    {
        var prefix = Normalize(text);
        if (prefix.Length == FullLength && DeploymentId.TryParse(prefix, null, out var full)) return full;
        var matches = new List<DeploymentId>();
        await foreach (var deployment in AllAsync(client, cancellation))
            if ($"{deployment.Deployment}".StartsWith(prefix, StringComparison.Ordinal))
                matches.Add(deployment.Deployment);
        return matches switch
        {
            [var only] => only,
            [] => throw new GridException(GridErrorKind.NotFound, $"No deployment of this wallet begins with {prefix}. `grid ls` shows them."),
            _ => throw new GridException(GridErrorKind.InvalidInput, $"{prefix} is the beginning of {matches.Count} deployments: {string.Join(", ", matches.Take(3))}… Give more of it."),
        };
    }

    public static async IAsyncEnumerable<DeploymentSummary> AllAsync(GridClient client, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        string? after = null;
        for (var page = 0; page < Limits.MaxPages; page++)
        {
            var list = await client.ListDeploymentsAsync(after, cancellation);
            foreach (var deployment in list.Deployments) yield return deployment;
            if ((after = list.Next) is null) yield break;
        }
    }

    private static string Normalize(string text)
    {
        var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        if (digits.Length is < ShortestLength or > FullLength - 2 || !digits.All(char.IsAsciiHexDigit))
            throw new GridException(GridErrorKind.InvalidInput, $"'{text}' is no id: expected 0x and at least the first {ShortestLength} of its 64 hexadecimal digits. `grid ls` shows them.");
        return "0x" + digits.ToLowerInvariant();
    }
}
