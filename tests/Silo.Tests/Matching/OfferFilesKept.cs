using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;
using Grid.Silo.Matching;

namespace Grid.Tests.Silo.Matching;

/// <summary>Files that are closed after a few changes, so that snapshots are made all the time.</summary>
public sealed class OfferFilesKept : IDisposable
{
    private const int Listings = 400;
    private const string Region = "germany";

    private readonly string _folder = Directory.CreateTempSubdirectory("offers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1 << 10)]
    [InlineData(1 << 14)]
    [InlineData(1 << 24)]
    public async Task A_killed_silos_files_give_the_index_back_and_every_state_before(int fileBytes)
    {
        var positions = await KeepAsync(fileBytes, 0, Listings);

        using var files = Open(fileBytes);
        var restored = await files.Restore(Region);
        Assert.Equal((positions[^1], Listings), (restored!.Position, restored.Count));
        foreach (var position in positions.Where((_, i) => i % 60 == 0)) Assert.Equal(position, (await files.At(Region, position.Sequence))!.Position);
        Assert.Null(await files.At(Region, Listings + 1));
        Assert.Null(await files.Restore("japan"));
    }

    [Fact]
    public async Task What_was_not_written_whole_is_cut_off_and_written_on_from_there()
    {
        var positions = await KeepAsync(1 << 24, 0, 40);
        var file = Directory.GetFiles(_folder, "*.deltas", SearchOption.AllDirectories).Single();
        using (var torn = new FileStream(file, FileMode.Open)) torn.SetLength(torn.Length - 7);

        var more = await KeepAsync(1 << 24, 39, 60);

        Assert.Equal(positions[39], more[0]);
        using var files = Open(1 << 24);
        Assert.Equal((more[^1], 60), ((await files.Restore(Region))!.Position, (await files.At(Region, 60))!.Count));
    }

    private OfferFiles Open(int fileBytes) => new(_folder, RegionMap.Standard, TimeProvider.System, fileBytes);

    /// <returns>Where the index stood after each listing.</returns>
    private async Task<ImmutableArray<IndexPosition>> KeepAsync(int fileBytes, int from, int to)
    {
        using var files = Open(fileBytes);
        var kept = new KeptIndex(files, Region, await files.Restore(Region) ?? new OfferIndex(RegionMap.Standard), static () => { });
        var positions = ImmutableArray.CreateBuilder<IndexPosition>();
        for (var number = from; number < to; number++)
        {
            kept.Apply(OfferDelta.Upsert(Row(number)));
            await kept.Kept();
            positions.Add(kept.Index.Position);
        }

        return positions.ToImmutable();
    }

    private static OfferRow Row(int number)
    {
        var address = new Address([.. BitConverter.GetBytes(number), .. new byte[Address.SizeBytes - sizeof(int)]]);
        return new OfferRow(
            new ProviderId(address), address, Hash256.Zero, Region, "", OfferMode.Provider, CpuArchitecture.Amd64, IsolationLevel.Full, "", default, default,
            GpuListing.None, ProviderStanding.Newcomer, [], [], [], 1000, 20, 3600, false);
    }
}
