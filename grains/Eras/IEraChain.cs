using System.Collections.Immutable;
using Grid.Protocol.Signing;

namespace Grid.Eras;

/// <summary>Where an era's root is committed: the AttestationLedger contract, or the operator's own ledger.</summary>
public interface IEraChain
{
    /// <summary>Takes the commit in, durably; a repeat is harmless. On a chain the outcome arrives as <see cref="IEraGrain.Committed"/>.</summary>
    /// <param name="votes">A quorum's, ascending by signer, all of one root.</param>
    /// <returns>Whether it is committed and final already.</returns>
    Task<bool> CommitAsync(EraRoot root, ImmutableArray<Signed<EraRoot>> votes);
}
