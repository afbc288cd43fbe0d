using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>One order's question, ready to be asked of every listing. The index and each provider's live quote ask it through the same
/// methods.</summary>
public sealed class MatchQuery
{
    private readonly MatchRequirement _requirement;
    private readonly ListingFilter _filter;
    private readonly RegionMap _regions;
    private readonly int[] _wantedRegions;
    private readonly ResourceAmounts _amounts;
    private readonly long _storageMib;

    /// <param name="requirement">Amounts within <see cref="ResourceAmounts.MaxAmount"/>, sound weights.</param>
    /// <param name="acceptsPretendedGpus">True only in simulations, benchmarks and <c>grid up --pretend-gpu</c>.</param>
    /// <exception cref="ArgumentException">An amount or a weight is out of its bounds.</exception>
    public MatchQuery(MatchRequirement requirement, RegionMap regions, bool acceptsPretendedGpus)
    {
        if (!requirement.Amounts.IsWithinBounds) throw new ArgumentException($"amounts are {requirement.Amounts}; each must be 0 to {ResourceAmounts.MaxAmount}.", nameof(requirement));
        if (!requirement.Weights.IsSound) throw new ArgumentException($"weights are {requirement.Weights}; expected a sum of {MatchWeights.Sum} and τ in bounds.", nameof(requirement));
        _requirement = requirement;
        _regions = regions;
        _filter = new ListingFilter(requirement, acceptsPretendedGpus);
        _wantedRegions = requirement.Regions.IsEmpty ? [] : [.. requirement.Regions.Select(regions.OrdinalOf)];
        _amounts = requirement.Amounts;
        _storageMib = requirement.Amounts.StorageMib.Total;
        Weights = requirement.Weights;
        AcceptsPretendedGpus = acceptsPretendedGpus;
        CpuModelFilter = requirement.Architecture is null ? _filter : new ListingFilter(requirement with { Architecture = null }, acceptsPretendedGpus);
    }

    public MatchWeights Weights { get; }

    internal MatchRequirement Requirement => _requirement;

    internal ListingFilter Filter => _filter;

    /// <summary>The same without the architecture itself, which has no part in what a provider says of its CPU.</summary>
    internal ListingFilter CpuModelFilter { get; }

    internal bool AcceptsPretendedGpus { get; }

    /// <summary>Another question of the same operator.</summary>
    internal MatchQuery With(MatchRequirement requirement) => new(requirement, _regions, AcceptsPretendedGpus);

    /// <summary>The whole judgement of one listing, for a live quote: no index needed.</summary>
    public Judgement Judge(OfferRow row, Protocol.Money medianStake)
    {
        var listing = Listing.Of(row, _regions, medianStake);
        var excludedBy = Exclusion(in listing, out var ask);
        if (excludedBy != ListingFilter.Passed) return new Judgement((HardFilter)excludedBy, default, default, 0);
        var factors = FactorsOf(in listing, ask);
        return new Judgement(null, new Protocol.RatePerHour(ask), factors, Scoring.Score(factors, Weights));
    }

    /// <returns>The number of the first filter that excludes the listing, or <see cref="ListingFilter.Passed"/>.</returns>
    internal int Exclusion(in Listing listing, out long ask)
    {
        ask = 0;
        var excludedBy = _filter.FirstExclusion(in listing);
        if (excludedBy != ListingFilter.Passed) return excludedBy;
        ask = AskOf(listing.Prices);
        if (ask > _requirement.PriceCeiling.MicroUnits) return (int)HardFilter.PriceCeiling;
        return listing.StakeMicroUnits < _requirement.MinStake.MicroUnits ? (int)HardFilter.Stake : ListingFilter.Passed;
    }

    /// <summary>What the whole placement costs at these prices.</summary>
    internal long AskOf(in UnitPrices prices) => prices.RateRoundedDown(in _amounts).MicroUnits;

    internal int RegionOf(Spot spot) => RegionOf(spot.Region, spot.Zone, spot.RegionOrdinal);

    internal Factors FactorsOf(in Listing listing, long ask) => new(
        RegionOf(listing.Region, listing.Zone, listing.RegionOrdinal),
        PriceFactor.Of(_requirement.PriceCeiling, new Protocol.RatePerHour(ask)),
        listing.Uptime,
        listing.Reputation,
        AvailabilityFactor.Of(
            listing.Free.CpuMillis - _amounts.CpuMillis,
            listing.Free.MemoryMib - _amounts.MemoryMib,
            listing.StorageMib - _storageMib,
            listing.Free.GpuMillis - _amounts.GpuMillis),
        listing.SlashRate,
        listing.Stake);

    private int RegionOf(string region, string zone, int ordinal)
    {
        if (_wantedRegions.Length == 0) return Factor.One;
        var best = 0;
        for (var i = 0; i < _wantedRegions.Length; i++)
        {
            if (_requirement.Regions[i] == region) best = Math.Max(best, SameRegion(zone));
            else best = Math.Max(best, _regions.Nearness(_wantedRegions[i], ordinal));
        }

        return best;
    }

    private int SameRegion(string zone) => _requirement.Zone.Length > 0 && _requirement.Zone == zone ? Factor.One : RegionMap.SameRegion;
}

/// <summary>What one listing is worth to one order.</summary>
/// <param name="ExcludedBy">The first filter that it fails; then the rest is zero.</param>
public readonly record struct Judgement(HardFilter? ExcludedBy, Protocol.RatePerHour Ask, Factors Factors, int Score);
