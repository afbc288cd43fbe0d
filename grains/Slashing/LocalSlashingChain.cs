using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol.Signing;

namespace Grid.Slashing;

/// <summary>Without a chain nobody has stake: a fault that a quorum signed is recorded, and costs nothing.</summary>
public sealed class LocalSlashingChain : ISlashingChain
{
    public SlashingTerms Terms => SlashingTerms.Standard;

    public Task<CaseNews?> ProposeAsync(Fault fault, ImmutableSortedDictionary<Address, Signature> votes) =>
        Task.FromResult<CaseNews?>(new CaseNews(fault.StructHash(), CaseState.Executed, fault.Lease, Reason: "recorded; without a chain there is no stake."));

    public Task ExecuteAsync(Hash256 id) => Task.CompletedTask;
}
