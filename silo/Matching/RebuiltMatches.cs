using System.Collections.Immutable;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Matching;

namespace Grid.Silo.Matching;

/// <summary>Makes matches again from the kept changes of the indexes that they saw. One at a time: each takes as much memory as an index
/// does.</summary>
internal sealed class RebuiltMatches(OfferFiles files, RegionMap regions, GridParameters parameters) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    public void Dispose() => _one.Dispose();

    /// <param name="requirementBytes">What the order asked; empty where it was not kept.</param>
    /// <param name="provider">Whom to explain; null for none.</param>
    public async Task<FullExplanation> Explain(MatchRecord record, ImmutableArray<byte> requirementBytes, ProviderId? provider)
    {
        if (RequirementReader.Read(requirementBytes.AsSpan()) is not { } requirement || RequirementHash.Of(requirement) != record.RequirementHash)
            return Impossible("what the order asked is not kept, or is not what the record has the hash of");
        await _one.WaitAsync();
        try
        {
            return await Explain(record, requirement, provider);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<FullExplanation> Explain(MatchRecord record, MatchRequirement requirement, ProviderId? provider)
    {
        if (await PositionsOf(record, requirement) is not { } positions)
            return Impossible($"which states of the regions make up index {record.Index.Hash} is not kept, or no longer");
        var rebuilt = new List<KeyValuePair<string, OfferIndex>>();
        foreach (var (region, position) in positions)
        {
            // A region of which nothing was ever kept was empty.
            var index = position == IndexPosition.Start ? new OfferIndex(regions) : await files.At(region, position.Sequence);
            if (index?.Position != position) return Impossible($"the changes of {region} up to {position.Sequence} are not kept, or lead elsewhere");
            rebuilt.Add(KeyValuePair.Create(region, index));
        }

        var replay = new MatchReplay(record, requirement, rebuilt, regions, parameters.AcceptsPretendedGpus);
        return new FullExplanation(
            [.. rebuilt.Select(static region => new RebuiltIndex(region.Key, region.Value.Position, region.Value.Count))],
            replay.Differences(),
            provider is { } wanted ? replay.Why(wanted) : null);
    }

    /// <summary>An order of one region was matched by that region's matchmaker alone.</summary>
    private async Task<ImmutableArray<KeyValuePair<string, IndexPosition>>?> PositionsOf(MatchRecord record, MatchRequirement requirement) =>
        requirement.Regions is [var only] ? [KeyValuePair.Create(only, record.Index)] : await files.FindMerge(Matchmakers.AllRegions, record.Index);

    private static FullExplanation Impossible(string why) => new([], [why + "."], null);
}
