using System.Collections.Immutable;
using Grid.Protocol.Signing;

namespace Grid.Eras;

/// <summary>Without a chain the era's own stored state is the ledger: what a quorum has signed is committed, at once and for ever.</summary>
public sealed class LocalEraChain : IEraChain
{
    public Task<bool> CommitAsync(EraRoot root, ImmutableArray<Signed<EraRoot>> votes) => Task.FromResult(true);
}
