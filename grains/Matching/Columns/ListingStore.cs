using Grid.Chain.Crypto;
using Grid.Protocol;

namespace Grid.Matching;

/// <summary>
/// Listings in chunks of one kind of GPU each, so that an order for one kind passes the others by. Putting and removing one takes the same time however many there
/// are: the last listing of its kind moves into the gap.
/// </summary>
internal sealed class ListingStore : IPlaceOrder
{
    /// <summary>A kind with this many full chunks gets whole ones from then on: what they leave empty is little of what they hold.</summary>
    private const int FullChunksBeforeWhole = 8;

    private const int Nowhere = -1;

    private readonly RegionMap _regions;
    private readonly SiblingTable _siblings = new();
    private readonly PlaceMap _places;
    private readonly List<Chunk?> _chunks = [];
    private readonly Stack<int> _freeNumbers = new();
    private readonly SortedDictionary<int, List<Chunk>> _kinds = [];

    public ListingStore(RegionMap regions)
    {
        _regions = regions;
        _places = new PlaceMap(this);
    }

    public SharedParts Parts { get; } = new();

    public int Count { get; private set; }

    public Money MedianStake { get; private set; }

    /// <summary>One more than the largest place that may be in use.</summary>
    public int PlaceCount => _chunks.Count << Chunk.RowBits;

    public IEnumerable<Chunk> Chunks => _chunks.OfType<Chunk>();

    /// <summary>By number; null where there is none.</summary>
    public IReadOnlyList<Chunk?> ByNumber => _chunks;

    /// <returns>The number of the next chunk that there is; negative after the last.</returns>
    public int Next(int number)
    {
        for (number++; number < _chunks.Count; number++)
        {
            if (_chunks[number] is not null) return number;
        }

        return -1;
    }

    public IEnumerable<OfferRow> Rows => Chunks.SelectMany(chunk => Enumerable.Range(0, chunk.Count).Select(row => RowAt(chunk, row)));

    public long[] Stakes()
    {
        var stakes = new long[Count];
        var at = 0;
        foreach (var chunk in Chunks)
        {
            foreach (ref readonly var row in chunk.Rows) stakes[at++] = row.StakeMicroUnits;
        }

        return stakes;
    }

    public Address ProviderAt(int place) => RowOf(place).Provider.Value;

    public OfferRow? Find(OfferKey key)
    {
        var place = PlaceOf(key);
        return place < 0 ? null : RowAt(ChunkOf(place), place & Chunk.MostRows - 1);
    }

    public IEnumerable<OfferKey> KeysOf(ProviderId provider) => PlacesOf(provider).Select(KeyAt).Order();

    /// <param name="row">Without fault.</param>
    public void Put(OfferRow row)
    {
        Remove(row.Key);
        if (Count == Limits.MaxListings) throw new ArgumentException($"The index holds {Limits.MaxListings} listings already.", nameof(row));
        var gpu = new GpuKind(row.Gpu.Model, row.Gpu.Vendor, row.Gpu.Interface, row.Gpu.IsPretended);
        var listed = new ListedRow(row)
        {
            Spot = Parts.Spots.Acquire(new Spot(row.Region, row.Zone, row.Token, (short)_regions.OrdinalOf(row.Region))),
            Claims = Parts.Claims.Acquire(new Claims(row.Attributes, row.ComplianceLabels, row.Auditors)),
            Owner = row.Owner == row.Provider.Value ? ListedRow.Itself : Parts.Owners.Acquire(row.Owner),
        };
        var kind = Parts.Kinds.Acquire(gpu);
        var chunk = OpenChunk(gpu.HasColumns ? kind : Chunk.MixedKinds);
        var at = chunk.Append(in listed, kind);
        WriteCells(chunk, at, row);
        Join(chunk.PlaceOf(at), row.Provider.Value);
        Count++;
    }

    public void Remove(OfferKey key)
    {
        var place = PlaceOf(key);
        if (place < 0) return;
        var chunk = ChunkOf(place);
        Leave(place);
        ReleaseParts(chunk, place & Chunk.MostRows - 1);
        CloseGap(chunk, place & Chunk.MostRows - 1);
        Count--;
    }

    public void MeasureStakeAgainst(Money median)
    {
        MedianStake = median;
        foreach (var chunk in Chunks)
        {
            for (var row = 0; row < chunk.Count; row++)
                chunk.Cell(Column.Stake, row) = (ushort)StakeFactor.Of(new Money(chunk[row].StakeMicroUnits), median);
        }
    }

    public Address OwnerOf(in ListedRow row) => row.Owner == ListedRow.Itself ? row.Provider.Value : Parts.Owners[row.Owner];

    /// <summary>One more than the largest number that siblings share.</summary>
    public int SiblingsCount => _siblings.Capacity;

    public Listing ListingAt(Chunk chunk, int at)
    {
        ref readonly var row = ref chunk[at];
        var (spot, kind, claims) = (Parts.Spots[row.Spot], Parts.Kinds[chunk.KindOf(at)], Parts.Claims[row.Claims]);
        var traits = chunk.Cell(Column.Traits, at);
        return new Listing
        {
            Provider = row.ProviderId,
            Attributes = claims.Attributes,
            Auditors = claims.Auditors,
            ComplianceLabels = claims.Labels,
            Free = row.Free,
            Prices = row.Prices.Value,
            StorageMib = row.StorageMib.Total,
            VramMib = row.VramMib,
            StakeMicroUnits = row.StakeMicroUnits,
            GpuModel = kind.Model,
            GpuVendor = kind.Vendor,
            Region = spot.Region,
            Zone = spot.Zone,
            Token = spot.Token,
            BandwidthMbps = row.BandwidthMbps,
            RoundTripMs = row.RoundTripMs,
            MaxRunAheadSeconds = row.MaxRunAheadSeconds,
            WholeFreeGpus = chunk.Cell(Column.WholeGpus, at),
            LargestFreeShareMillis = chunk.Cell(Column.LargestShare, at),
            RegionOrdinal = spot.RegionOrdinal,
            Uptime = chunk.Cell(Column.Uptime, at),
            Reputation = chunk.Cell(Column.Reputation, at),
            SlashRate = chunk.Cell(Column.SlashRate, at),
            Stake = chunk.Cell(Column.Stake, at),
            TrustTier = Traits.TierOf(traits),
            FreeVramPercent = row.FreeVramPercent,
            Mode = Traits.ModeOf(traits),
            Architecture = Traits.ArchitectureOf(traits),
            Isolation = Traits.IsolationOf(traits),
            GpuInterface = kind.Interface ?? 0,
            AllowsHostImage = (traits & Traits.HostImage) != 0,
            IsPretended = kind.IsPretended,
        };
    }

    /// <summary>Of two listings of one provider or owner.</summary>
    public bool IsBefore(int left, int right) => KeyAt(left).CompareTo(KeyAt(right)) < 0;

    public OfferKey KeyAt(int place)
    {
        var chunk = ChunkOf(place);
        var row = place & Chunk.MostRows - 1;
        return new OfferKey(chunk[row].ProviderId, Parts.Kinds[chunk.KindOf(row)].Model);
    }

    public Chunk ChunkOf(int place) => _chunks[place >> Chunk.RowBits]!;

    private ref ListedRow RowOf(int place) => ref ChunkOf(place)[place & Chunk.MostRows - 1];

    private OfferRow RowAt(Chunk chunk, int at)
    {
        var listing = ListingAt(chunk, at);
        ref readonly var row = ref chunk[at];
        var gpu = Parts.Kinds[chunk.KindOf(at)];
        return new OfferRow(
            listing.Provider, OwnerOf(in row), row.TermsHash, listing.Region, listing.Zone, listing.Mode, listing.Architecture, listing.Isolation, listing.Token,
            listing.Prices, listing.Free,
            gpu == NoGpu && row is { VramMib: 0, FreeVramPercent: 0 } && listing is { WholeFreeGpus: 0, LargestFreeShareMillis: 0 }
                ? GpuListing.None
                : new GpuListing(gpu.Model, gpu.Vendor, gpu.Interface, row.VramMib, row.FreeVramPercent, listing.WholeFreeGpus, listing.LargestFreeShareMillis, gpu.IsPretended),
            new ProviderStanding(new Money(row.StakeMicroUnits), row.SlashedPpm, row.ErasServed, listing.Uptime, listing.Reputation, listing.TrustTier),
            listing.Attributes, listing.Auditors, listing.ComplianceLabels,
            row.BandwidthMbps, row.RoundTripMs, row.MaxRunAheadSeconds, listing.AllowsHostImage);
    }

    private static GpuKind NoGpu { get; } = new("", "", null, false);

    private void WriteCells(Chunk chunk, int at, OfferRow row)
    {
        void Set(Column column, ushort value) => chunk.Cell(column, at) = value;
        void Number(Column column, long value) => Set(column, Narrow.Floor(value));
        Number(Column.Cpu, row.Free.CpuMillis);
        Number(Column.Memory, row.Free.MemoryMib);
        Number(Column.Storage, row.Free.StorageMib.Total);
        Number(Column.GpuMillis, row.Free.GpuMillis);
        Number(Column.StorageDefault, row.Free.StorageMib.Default);
        Number(Column.StorageHdd, row.Free.StorageMib.Hdd);
        Number(Column.StorageSsd, row.Free.StorageMib.Ssd);
        Number(Column.StorageNvme, row.Free.StorageMib.Nvme);
        Number(Column.Ports, row.Free.Ports);
        Number(Column.WholeGpus, row.Gpu.WholeFreeCount);
        Number(Column.LargestShare, row.Gpu.LargestFreeShareMillis);
        Number(Column.Vram, row.Gpu.VramMib);
        Number(Column.RunAhead, row.MaxRunAheadSeconds);
        Set(Column.Traits, Traits.Of(row));
        Number(Column.PricePerCore, row.Prices.PerCore);
        Number(Column.PricePerGib, row.Prices.PerGibMemory);
        Number(Column.PricePerGpu, row.Prices.PerGpu);
        Number(Column.PriceDefault, row.Prices.PerGibStorage.Default);
        Number(Column.PriceHdd, row.Prices.PerGibStorage.Hdd);
        Number(Column.PriceSsd, row.Prices.PerGibStorage.Ssd);
        Number(Column.PriceNvme, row.Prices.PerGibStorage.Nvme);
        Set(Column.Uptime, (ushort)row.Standing.UptimeFactor);
        Set(Column.Reputation, (ushort)row.Standing.ReputationFactor);
        Set(Column.SlashRate, (ushort)SlashFactor.Of(row.Standing.SlashedPpm, row.Standing.ErasServed));
        Set(Column.Stake, (ushort)StakeFactor.Of(row.Standing.Stake, MedianStake));
    }

    private Chunk OpenChunk(int kind)
    {
        if (!_kinds.TryGetValue(kind, out var chunks)) _kinds.Add(kind, chunks = []);
        if (chunks.Count > 0 && !chunks[^1].IsFull) return chunks[^1];
        var number = _freeNumbers.Count > 0 ? _freeNumbers.Pop() : _chunks.Count;
        if (number == _chunks.Count) _chunks.Add(null);
        var opened = new Chunk(number, kind, chunks.Count < FullChunksBeforeWhole ? Chunk.RowStep : Chunk.MostRows);
        _chunks[number] = opened;
        chunks.Add(opened);
        return opened;
    }

    /// <summary>The last listing of the same kind moves to where one has gone.</summary>
    private void CloseGap(Chunk chunk, int gap)
    {
        var chunks = _kinds[chunk.Kind];
        var last = chunks[^1];
        var (from, to) = (last.PlaceOf(last.Count - 1), chunk.PlaceOf(gap));
        if (from != to) Redirect(from, to);
        chunk.Replace(gap, last);
        if (last.Count > 0) return;
        _chunks[last.Number] = null;
        _freeNumbers.Push(last.Number);
        chunks.RemoveAt(chunks.Count - 1);
        if (chunks.Count == 0) _kinds.Remove(chunk.Kind);
    }

    /// <summary>Tells those who know a listing by its place that it moves.</summary>
    private void Redirect(int from, int to)
    {
        var siblings = SiblingsOf(from);
        _places.Move(ProviderAt(from), from, to);
        if (siblings != Chunk.NoSiblings) _siblings.Move(siblings, from, to);
    }

    /// <summary>A provider's first listing is found by its address; with a second one both are siblings, and the address leads to any of them.</summary>
    private void Join(int place, Address provider)
    {
        var known = _places.Find(provider);
        SetSiblings(place, Chunk.NoSiblings);
        if (known < 0)
        {
            _places.Add(provider, place);
            return;
        }

        var siblings = SiblingsOf(known);
        if (siblings == Chunk.NoSiblings) SetSiblings(known, siblings = _siblings.Open(known));
        _siblings.Add(siblings, place);
        SetSiblings(place, siblings);
    }

    private void Leave(int place)
    {
        var siblings = SiblingsOf(place);
        if (siblings == Chunk.NoSiblings)
        {
            _places.Remove(ProviderAt(place), place);
            return;
        }

        _siblings.Remove(siblings, place);
        var others = _siblings.Of(siblings);
        _places.Move(ProviderAt(place), place, others[0]);
        if (others.Count > 1) return;
        SetSiblings(others[0], Chunk.NoSiblings);
        _siblings.Close(siblings);
    }

    private int SiblingsOf(int place) => ChunkOf(place).SiblingsOf(place & Chunk.MostRows - 1);

    private void SetSiblings(int place, int siblings) => ChunkOf(place).SetSiblings(place & Chunk.MostRows - 1, siblings);

    private void ReleaseParts(Chunk chunk, int at)
    {
        ref readonly var row = ref chunk[at];
        Parts.Spots.Release(row.Spot);
        Parts.Kinds.Release(chunk.KindOf(at));
        Parts.Claims.Release(row.Claims);
        if (row.Owner != ListedRow.Itself) Parts.Owners.Release(row.Owner);
    }

    private int PlaceOf(OfferKey key)
    {
        foreach (var place in PlacesOf(key.Provider))
        {
            if (Parts.Kinds[ChunkOf(place).KindOf(place & Chunk.MostRows - 1)].Model == key.GpuModel) return place;
        }

        return Nowhere;
    }

    private IReadOnlyList<int> PlacesOf(ProviderId provider)
    {
        var known = _places.Find(provider.Value);
        if (known < 0) return [];
        var siblings = SiblingsOf(known);
        return siblings == Chunk.NoSiblings ? [known] : _siblings.Of(siblings);
    }
}
