using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Eras;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Silo.Chain;

namespace Grid.Silo.Operators;

/// <summary>An era's commit over the operator's queue of transactions. Every operator may send it; the contract takes one.</summary>
internal sealed class ChainEras(ChainOptions options, ChainSender sender, IChain chain, GridIdentity identity) : IEraChain
{
    public async Task<bool> CommitAsync(EraRoot root, ImmutableArray<Signed<EraRoot>> votes)
    {
        try
        {
            var known = await chain.ReadAsync(options.Deployment.AttestationLedger.EraOf(root.Era), BlockTag.Latest, CancellationToken.None);
            if (!known.IsCommitted) await sender.SendAsync(IdOf(root), $"commit era {root.Era}", Call(root, votes), isResent: true, CancellationToken.None);
        }
        catch (Exception away) when (away is ChainException or ContractException)
        {
            // Asked again at the next pulse.
        }

        return false;
    }

    private ContractCall Call(EraRoot root, ImmutableArray<Signed<EraRoot>> votes) => options.Deployment.AttestationLedger.Commit(
        root, votes.Select(vote => new OperatorVote(vote.Recover(identity.Domain) ?? Address.Zero, vote.Signature)));

    private static Hash256 IdOf(EraRoot root) => Keccak256.Hash(new CanonicalBytes().Text("grid.commit-era.v1").Int64((long)root.Era).Word(root.Root).Written);
}
