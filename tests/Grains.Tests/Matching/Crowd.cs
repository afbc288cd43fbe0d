using System.Collections.Immutable;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Tests.Grains.Matching;

/// <summary>A market in which every column and every filter has something to tell apart, and changes of it.</summary>
internal sealed class Crowd(int seed)
{
    private static readonly string[] Regions = ["germany", "france", "japan"];
    private static readonly string[] Models = ["rtx4090", "a100-80g", "h100", "homemade", "rtx3060"];
    private static readonly string[] Labels = ["gdpr", "hipaa"];

    private readonly Random _random = new(seed);

    /// <summary>Puts and removals; a key may come several times.</summary>
    public IEnumerable<OfferDelta> Deltas(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var row = Row(_random.Next(1, 1 + count));
            yield return _random.Next(5) == 0 ? OfferDelta.Remove(row.Key) : OfferDelta.Upsert(row);
        }
    }

    /// <summary>What is left of them.</summary>
    public static ImmutableArray<OfferRow> After(IEnumerable<OfferDelta> deltas)
    {
        var rows = new SortedDictionary<OfferKey, OfferRow>();
        foreach (var delta in deltas)
        {
            if (delta.Row is { } row) rows[row.Key] = row;
            else rows.Remove(delta.Key);
        }

        return [.. rows.Values];
    }

    public MatchRequirement Order() => Place(Trust(Gpus(World.Order()))) with
    {
        Mode = Now(6) ? OfferMode.Fizz : null,
        Architecture = Now(6) ? CpuArchitecture.Arm64 : null,
        CpuModels = Now(6) ? ["epyc", "m2"] : [],
        MaxRoundTripMs = Now(6) ? 30 : 0,
        MinBandwidthMbps = Now(6) ? 500 : 0,
        NeedsHostImage = Now(4),
        RunAheadSeconds = Now(2) ? 1801 : 0,
        Token = Now(2) ? "GRID" : "",
        PriceCeiling = new RatePerHour(Now(8) ? _random.Next(3) : _random.Next(1, 4_000_000)),
        MinStake = Now(4) ? Money.FromTokens(50 * _random.Next(10)) : Money.Zero,
        Weights = Now(3) ? Reweighted() : MatchWeights.Default,
    };

    private OfferRow Row(int number)
    {
        var row = World.Provider(number / 2, Now(3) ? number / 8 : null);
        var model = Models[_random.Next(Models.Length)];
        return row with
        {
            Region = Regions[_random.Next(Regions.Length)],
            Zone = Now(2) ? "rack-1" : "rack-2",
            Mode = (OfferMode)_random.Next(2),
            Architecture = (CpuArchitecture)(Now(4) ? 1 : 0),
            Isolation = (IsolationLevel)_random.Next(4),
            Token = Now(4) ? "OTHER" : "GRID",
            Prices = new UnitPrices(Price(50_000), Price(9_000), new StorageAmounts(Price(200), Price(100), Price(300), 0), Price(2_000_000)),
            Free = new ResourceAmounts(
                _random.Next(24_000), _random.Next(65_000), new StorageAmounts(_random.Next(30_000), _random.Next(9000), _random.Next(9000), 0), 500 * _random.Next(9), _random.Next(4)),
            Gpu = Now(6)
                ? GpuListing.None
                : new GpuListing(
                    model, Now(9) ? "someone" : "nvidia", Now(4) ? null : (GpuInterface)_random.Next(1, 3), 1024 * _random.Next(8, 90), _random.Next(101), _random.Next(5),
                    500 * _random.Next(2), Now(9)),
            Standing = new ProviderStanding(
                Money.FromTokens(50 * _random.Next(10)), _random.Next(2) * 100_000, _random.Next(4) * 15, _random.Next(4) * 8000, _random.Next(3) * 10_000, (byte)_random.Next(1, 8)),
            Attributes = Now(2) ? row.Attributes : [new OfferAttribute("host", "other")],
            Auditors = Now(2) ? row.Auditors : [World.AddressOf(901)],
            ComplianceLabels = Now(2) ? row.ComplianceLabels : [.. Labels],
            BandwidthMbps = _random.Next(1000),
            RoundTripMs = Now(3) ? OfferRows.UnmeasuredRoundTripMs : _random.Next(60),
            MaxRunAheadSeconds = 1800 + _random.Next(4),
            AllowsHostImage = Now(2),
        };
    }

    private MatchRequirement Gpus(MatchRequirement order)
    {
        var amounts = new ResourceAmounts(
            _random.Next(9_000), _random.Next(30_000), new StorageAmounts(_random.Next(20_000), Now(2) ? _random.Next(5000) : 0, Now(3) ? 3001 : 0, 0), 0, _random.Next(3));
        if (Now(4)) return order with { Amounts = amounts, LargestGpuShareMillis = 0 };
        var millis = 500 * _random.Next(1, 5);
        return order with
        {
            Amounts = amounts with { GpuMillis = millis },
            LargestGpuShareMillis = Math.Min(1000, millis),
            FreeVram = Now(4) ? new FreeVramBounds(20, 90) : FreeVramBounds.Any,
            Gpus = Now(2) ? [] : [new WantedGpu("nvidia", Models[_random.Next(4)], 1024 * _random.Next(60), Now(2) ? GpuInterface.Sxm : null), new WantedGpu("", "homemade", 40_000, null)],
        };
    }

    private MatchRequirement Place(MatchRequirement order) => order with
    {
        Regions = Now(3) ? [Regions[_random.Next(3)], Regions[_random.Next(3)]] : [],
        ExcludedRegions = Now(4) ? ["japan"] : [],
        Zone = Now(2) ? "rack-1" : "",
        Providers = Now(8) ? [.. Enumerable.Range(0, 60).Select(number => World.Provider(number).Provider)] : [],
        ExcludedProviders = Now(4) ? [.. Enumerable.Range(0, 9).Select(number => World.Provider(number).Provider)] : [],
    };

    private MatchRequirement Trust(MatchRequirement order) => order with
    {
        TrustTiers = (byte)(Now(3) ? _random.Next(256) : 0),
        Attributes = Now(5) ? [new OfferAttribute("host", "akash")] : [],
        SignedByAnyOf = Now(6) ? [World.AddressOf(900), World.AddressOf(7)] : [],
        SignedByAllOf = Now(8) ? [World.AddressOf(901)] : [],
        ComplianceLabels = Now(5) ? ["hipaa"] : [],
        MinIsolation = (IsolationLevel)(Now(3) ? _random.Next(4) : 0),
    };

    private MatchWeights Reweighted()
    {
        var price = _random.Next(5000);
        return new MatchWeights(1000, price, 1000, 5000 - price, 1000, 1000, 1000, 500);
    }

    /// <summary>From nothing to the most that may be listed: half of the codes are used.</summary>
    private long Price(int usual) => Now(20) ? OfferLimits.MaxUnitRate >> _random.Next(12) : Now(10) ? 0 : _random.Next(usual);

    /// <summary>Once in so many times.</summary>
    private bool Now(int times) => _random.Next(times) == 0;
}
