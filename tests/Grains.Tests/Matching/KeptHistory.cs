using FsCheck;
using FsCheck.Fluent;
using Grid.Matching;
using Grid.Protocol.Matching;

namespace Grid.Tests.Grains.Matching;

/// <summary>What is kept of an index gives the index back, as it was at any time, or nothing.</summary>
public sealed class KeptHistory
{
    private const string Region = "germany";

    private static readonly Config Histories = Config.QuickThrowOnFailure.WithMaxTest(60);

    private static readonly Arbitrary<(int Seed, int Count)> Cases =
        Gen.Choose(0, 1_000_000).SelectMany(seed => Gen.Choose(1, 200).Select(count => (seed, count))).ToArbitrary();

    [Fact]
    public void Kept_changes_rebuild_the_index_at_every_position() => Check.One(Histories, Prop.ForAll(Cases, history =>
    {
        var (journal, kept) = (new MemoryJournal(), 0);
        var index = Keep(journal, history.Seed, history.Count, position =>
        {
            if (++kept % 40 == 0) Assert.Equal(position, journal.IndexOf(Region, position.Sequence).Position);
        });

        AssertSame(index, journal.IndexOf(Region));
    }));

    [Fact]
    public void What_was_not_written_whole_or_was_changed_is_not_applied_nor_what_follows_it() => Check.One(Histories, Prop.ForAll(Cases, history =>
    {
        var journal = new MemoryJournal();
        var positions = new List<IndexPosition> { IndexPosition.Start };
        Keep(journal, history.Seed, history.Count, positions.Add);
        var bytes = journal.BytesOf(Region);
        var random = new Random(history.Seed);

        var cut = Replayed(bytes[..random.Next(bytes.Length)]);
        bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
        var changed = Replayed(bytes);

        Assert.Contains(cut, positions);
        Assert.Contains(changed, positions);
        Assert.NotEqual(positions[^1], changed);
    }));

    [Fact]
    public void A_snapshot_gives_the_index_back_and_a_damaged_one_nothing() => Check.One(Histories, Prop.ForAll(Cases, history =>
    {
        var index = Keep(new MemoryJournal(), history.Seed, history.Count, static _ => { });
        using var written = new MemoryStream();
        OfferSnapshot.Write(written, index);
        var bytes = written.ToArray();

        AssertSame(index, OfferSnapshot.Read(new MemoryStream(bytes), RegionMap.Standard)!);
        Assert.Null(OfferSnapshot.Read(new MemoryStream(bytes[..^1]), RegionMap.Standard));
        bytes[new Random(history.Seed).Next(bytes.Length)] ^= 1;
        Assert.Null(OfferSnapshot.Read(new MemoryStream(bytes), RegionMap.Standard));
    }));

    [Fact]
    public void Which_states_a_match_over_regions_saw_is_found_by_the_hash_of_its_record()
    {
        var journal = new MemoryJournal();
        var kept = new KeptIndex(journal, Matchmakers.AllRegions, new OfferIndex(RegionMap.Standard), static () => { });
        KeyValuePair<string, IndexPosition>[] regions =
            [KeyValuePair.Create("japan", World.Index(World.Random(1, 3)).Position), KeyValuePair.Create(Region, World.Index(World.Random(2, 9)).Position)];
        kept.Note(regions);
        kept.Note([regions[0]]);
        Assert.True(kept.Kept().IsCompletedSuccessfully);

        var merged = IndexPosition.Merge(regions);
        var found = DeltaBatch.FindMerge(new MemoryStream(journal.BytesOf(Matchmakers.AllRegions)), merged);

        Assert.Equal(regions.OrderBy(static region => region.Key, StringComparer.Ordinal), found!.Value);
        Assert.Equal(2, journal.IndexOf(Matchmakers.AllRegions).Position.Sequence);
        Assert.Null(DeltaBatch.FindMerge(new MemoryStream(journal.BytesOf(Matchmakers.AllRegions)), IndexPosition.Merge([])));
    }

    /// <summary>Several changes a batch.</summary>
    private static OfferIndex Keep(MemoryJournal journal, int seed, int count, Action<IndexPosition> afterBatch)
    {
        var kept = new KeptIndex(journal, Region, new OfferIndex(RegionMap.Standard), static () => { });
        kept.Apply(OfferDelta.MeasureStakeAgainst(World.MedianStake));
        foreach (var deltas in new Crowd(seed).Deltas(count).Chunk(3))
        {
            foreach (var delta in deltas) kept.Apply(delta);
            Assert.True(kept.Kept().IsCompletedSuccessfully);
            afterBatch(kept.Index.Position);
        }

        return kept.Index;
    }

    private static IndexPosition Replayed(byte[] bytes)
    {
        var index = new OfferIndex(RegionMap.Standard);
        DeltaBatch.Replay(new MemoryStream(bytes), index);
        return index.Position;
    }

    private static void AssertSame(OfferIndex expected, OfferIndex actual)
    {
        Assert.Equal((expected.Position, expected.MedianStake, expected.Count), (actual.Position, actual.MedianStake, actual.Count));
        Assert.All(expected.Rows, row => Assert.True(actual.Holds(row), $"{row.Key} differs"));
        var query = World.Query(World.Order());
        Assert.Equal(expected.Match(query, World.Draw(1)).Candidates, actual.Match(query, World.Draw(1)).Candidates);
    }
}
