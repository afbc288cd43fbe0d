using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.Home;
using Grid.Protocol.Api;
using Grid.Protocol.Settlement;

namespace Grid.CommandLine.OnChain;

/// <summary>
/// A payer's places under an operator's roots, kept on this machine each time they are seen: with them he leaves though the operator has
/// vanished.
/// </summary>
internal static class KeptPlace
{
    /// <summary>As the operator shows it now; kept. Where the operator does not answer, as it was kept last.</summary>
    public static async Task<PayerSettlement> OfAsync(GridHome home, GridClient? client, Address @operator, Address payer, CancellationToken cancellation)
    {
        var path = Path.Combine(home.ChainFolder, $"settlement-{@operator}-{payer}.json");
        if (client is null) return Read(path);
        try
        {
            var shown = await client.GetPayerSettlementAsync(payer, cancellation);
            Keep(path, shown);
            return shown;
        }
        catch (GridException e) when (e.Kind is GridErrorKind.Unreachable)
        {
            return Read(path);
        }
    }

    /// <summary>The place under the root with that commitment.</summary>
    /// <exception cref="GridException">There is such a root and no place under it is known.</exception>
    public static PayerProof Under(PayerSettlement place, Hash256 commitment, uint number)
    {
        if (commitment.IsZero) return PayerProof.None;
        var found = new[] { place.Final, place.Open }.OfType<PayerProof>().FirstOrDefault(proof => proof.Root.Commitment() == commitment);
        // An account that is newer than a root owes nothing under it, and needs only the root itself.
        if (found is not null && (number > found.Root.Accounts || found.IsAt(number - 1))) return found;
        if (found is not null) throw new GridException(GridErrorKind.BadAnswer, "The operator's proof of this account proves nothing: challenge its root.");
        throw new GridException(GridErrorKind.NotFound, $"No proof of this account under the escrow's root {commitment} is known here. Ask the operator again, or challenge its next root.");
    }

    private static PayerSettlement Read(string path)
    {
        if (!File.Exists(path)) return new PayerSettlement(null, null, null);
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), OnChainJson.Default.PayerSettlement) ?? new PayerSettlement(null, null, null);
        }
        catch (JsonException e)
        {
            throw new GridException(GridErrorKind.InvalidInput, $"'{path}' is damaged: {e.Message}", e);
        }
    }

    private static void Keep(string path, PayerSettlement place)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = path + ".new";
        File.WriteAllBytes(beside, JsonSerializer.SerializeToUtf8Bytes(place, OnChainJson.Default.PayerSettlement));
        File.Move(beside, path, overwrite: true);
    }
}
