using System.CommandLine;
using Grid.Client;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;
using Grid.Protocol;
using Grid.Protocol.Settlement;

namespace Grid.CommandLine.Providers;

/// <summary><c>grid provider claim</c>: what a final root says that the wallet's key has earned with an operator, out of the escrow.</summary>
internal static class ProviderClaimCommand
{
    public static Command Create()
    {
        var command = new Command("claim", "Claim what your node has earned with this operator. Example: grid provider claim --wallet node.json").WithConnection().WithChain();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var parties = await EscrowParties.OpenAsync(asked, vanished: null, cancellation);
        var (chain, escrow, provider) = (parties.Chain, parties.Chain.Grid.Escrow, new ProviderId(parties.Self));
        var paid = await chain.ReadAsync(escrow.EarnedPaid(parties.Operator, provider), cancellation);
        var proof = await ProofAsync(parties, cancellation);
        var claimed = proof is null ? Money.Zero : Money.Max(Money.Zero, proof.Earned - paid);
        if (claimed > Money.Zero) await chain.SendAsync("claim", escrow.Claim(parties.Operator, provider, proof!), cancellation);

        // What claims by lease have left for it.
        var owed = await chain.ReadAsync(escrow.OwedTo(parties.Self), cancellation);
        if (owed > Money.Zero) await chain.SendAsync("collect", escrow.Collect(parties.Self), cancellation);
        output.Answer(
            new ChainAnswer("claim", parties.Operator, parties.Self, claimed + owed, null, chain.Sent),
            OnChainJson.Default.ChainAnswer,
            answer => answer.Show(output, answer.Amount > Money.Zero ? $"{answer.Amount} claimed." : "There is nothing to claim yet: a root must be final first."));
        return Guard.Ok;
    }

    /// <returns>The provider's place under the root that is final now; null where there is none.</returns>
    private static async Task<ProviderProof?> ProofAsync(EscrowParties parties, CancellationToken cancellation)
    {
        var final = await parties.Chain.ReadAsync(parties.Chain.Grid.Escrow.FinalRootOf(parties.Operator), cancellation);
        var shown = await parties.Client!.GetProviderSettlementAsync(parties.Self, cancellation);
        var proof = new[] { shown.Final, shown.Open }.OfType<ProviderProof>().FirstOrDefault(candidate => candidate.Root.Commitment() == final);
        if (proof is null || proof.Shows(parties.Self)) return proof;
        throw new GridException(GridErrorKind.BadAnswer, "The operator's proof of what this provider has earned proves nothing.");
    }
}
