using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol.Api;
using Grid.Protocol.Settlement;
using Grid.Protocol.Slashing;

namespace Grid.CommandLine.Providers;

/// <summary>What a node's data folder holds of one operator: what its leases are claimed by, and its payers' places under the last
/// roots.</summary>
internal sealed record KeptClaims(IReadOnlyList<LeaseEvidence> Leases, IReadOnlyList<PayerProof> Payers, IReadOnlyList<ProviderProof> Roots)
{
    /// <exception cref="GridException">Nothing is kept there, or a file cannot be read.</exception>
    public static KeptClaims Read(DirectoryInfo node, Address @operator)
    {
        var folder = new DirectoryInfo(Path.Combine(node.FullName, "claims", @operator.ToString()));
        if (!folder.Exists)
            throw new GridException(
                GridErrorKind.NotFound, $"'{folder.FullName}' does not exist: the node has kept nothing to claim of {@operator}.");
        var files = folder.EnumerateFiles("*.json").OrderBy(static file => file.Name, StringComparer.Ordinal).Take(
            OnChain.Limits.MaxLeaseClaims);
        var leases = files.Select(static file => Read(file, OnChain.Limits.MaxEvidenceFileBytes, GridJsonContext.Default.LeaseEvidence))
            .ToArray();
        var roots = new FileInfo(Path.Combine(node.FullName, "earnings", $"{@operator}.json"));
        var shown = roots.Exists ? Read(roots, OnChain.Limits.MaxReceiptsFileBytes,
            GridJsonContext.Default.KeptEarnings) : new KeptEarnings([]);
        return new KeptClaims(leases, shown.Payers ?? [], shown.Proofs);
    }

    /// <returns>Null where there is a final root and the payer's place under it is not known.</returns>
    public PayerProof? PlaceOf(Address payer, Hash256 final, uint number)
    {
        if (final.IsZero) return PayerProof.None;
        if (Payers.FirstOrDefault(place => place.Leaf.Payer == payer && place.Root.Commitment() == final) is { } known) return known;
        // An account that is newer than the root owes nothing under it.
        var root = Roots.FirstOrDefault(shown => shown.Root.Commitment() == final)?.Root;
        return root is not null && number > root.Accounts ? new PayerProof(root, PayerLeaf.None, []) : null;
    }

    private static T Read<T>(FileInfo file, long maxBytes, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (file.Length > maxBytes)
                throw new GridException(GridErrorKind.InvalidInput, $"'{file.FullName}' has more than {maxBytes} bytes.");
            return JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), type) ?? throw new JsonException("it is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new GridException(GridErrorKind.InvalidInput, $"'{file.FullName}' cannot be read: {e.Message}", e);
        }
    }
}
