using System.CommandLine;
using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Settlement;

namespace Grid.CommandLine.Providers;

/// <summary>
/// <c>grid provider claim</c>: what a final root says that the wallet's key has earned with an operator, out of the escrow; and the rewards for its uptime.
/// </summary>
internal static class ProviderClaimCommand
{
    private static readonly Option<FileInfo?> Kept = new("--kept") { Description = "What the node kept of the operator's roots, where the operator may have vanished: earnings/ADDRESS.json in its data folder.", HelpName = "FILE" };
    private static readonly Option<string?> From = new("--from") { Description = "The operator's address, with --kept.", HelpName = "ADDRESS" };

    public static Command Create()
    {
        var command = new Command("claim", "Claim what your node has earned with this operator. Example: grid provider claim --wallet node.json") { Kept, From }.WithConnection().WithChain();
        From.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !Address.TryParse(token.Value, out _)) result.AddError($"--from: '{token.Value}' is no address; expected 0x and 40 hexadecimal digits with a right checksum.");
        });
        command.Validators.Add(static result =>
        {
            if ((result.GetValue(Kept) is null) != (result.GetValue(From) is null)) result.AddError("--kept and --from are given together.");
        });
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        var vanished = asked.GetValue(From) is { } text ? Address.Parse(text) : (Address?)null;
        using var parties = await EscrowParties.OpenAsync(asked, vanished, cancellation);
        var (chain, escrow, provider) = (parties.Chain, parties.Chain.Grid.Escrow, new ProviderId(parties.Self));
        var paid = await chain.ReadAsync(escrow.EarnedPaid(parties.Operator, provider), cancellation);
        var proof = await ProofAsync(parties, asked.GetValue(Kept), cancellation);
        var claimed = proof is null ? Money.Zero : Money.Max(Money.Zero, proof.Earned - paid);
        if (claimed > Money.Zero) await chain.SendAsync("claim", escrow.Claim(parties.Operator, provider, proof!), cancellation);

        // What claims by lease have left for it.
        var owed = await chain.ReadAsync(escrow.OwedTo(parties.Self), cancellation);
        if (owed > Money.Zero) await chain.SendAsync("collect", escrow.Collect(parties.Self), cancellation);
        var rewards = parties.Client is { } client ? await Rewards.ClaimAsync(chain, client, provider, cancellation) : Money.Zero;
        output.Answer(
            new ChainAnswer("claim", parties.Operator, parties.Self, claimed + owed + rewards, null, chain.Sent),
            OnChainJson.Default.ChainAnswer,
            answer => answer.Show(output, answer.Amount > Money.Zero ? $"{answer.Amount} claimed." : "There is nothing to claim yet: a settlement's root or an era must be final first."));
        return Guard.Ok;
    }

    /// <returns>The provider's place under the root that is final now; null where there is none.</returns>
    private static async Task<ProviderProof?> ProofAsync(EscrowParties parties, FileInfo? kept, CancellationToken cancellation)
    {
        var final = await parties.Chain.ReadAsync(parties.Chain.Grid.Escrow.FinalRootOf(parties.Operator), cancellation);
        var known = kept is null ? await ShownAsync(parties, cancellation) : Read(kept);
        var proof = known.FirstOrDefault(candidate => candidate.Root.Commitment() == final);
        if (proof is null || proof.Shows(parties.Self)) return proof;
        throw new GridException(GridErrorKind.BadAnswer, "The operator's proof of what this provider has earned proves nothing.");
    }

    private static async Task<IReadOnlyList<ProviderProof>> ShownAsync(EscrowParties parties, CancellationToken cancellation)
    {
        var shown = await parties.Client!.GetProviderSettlementAsync(parties.Self, cancellation);
        return [.. new[] { shown.Final, shown.Open }.OfType<ProviderProof>()];
    }

    private static IReadOnlyList<ProviderProof> Read(FileInfo kept)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(kept.FullName), GridJsonContext.Default.KeptEarnings)?.Proofs ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new GridException(GridErrorKind.InvalidInput, $"'{kept.FullName}' cannot be read: {e.Message}", e);
        }
    }
}
