using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol.Signing;
using Grid.Slashing;

namespace Grid.Tests.Grains.Slashing;

/// <summary>Remembers what it was asked; what becomes of it the test tells.</summary>
internal sealed class FakeCourt : ISlashingChain
{
    public SlashingTerms Terms { get; set; } = new(3600);

    public List<(Fault Fault, ImmutableSortedDictionary<Address, Signature> Votes)> Proposals { get; } = [];

    public List<Hash256> Executions { get; } = [];

    /// <summary>What a proposal is answered at once; null where it is on its way.</summary>
    public Func<Fault, CaseNews?> Answer { get; set; } = static _ => null;

    public Task<CaseNews?> ProposeAsync(Fault fault, ImmutableSortedDictionary<Address, Signature> votes)
    {
        Proposals.Add((fault, votes));
        return Task.FromResult(Answer(fault));
    }

    public Task ExecuteAsync(Hash256 id)
    {
        Executions.Add(id);
        return Task.CompletedTask;
    }
}
