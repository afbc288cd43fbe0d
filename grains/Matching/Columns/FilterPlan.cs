using Grid.Protocol;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>The hard filters that an order asks of an index, in the order of <see cref="HardFilter"/>; what excludes nobody is left out.</summary>
internal sealed class FilterPlan
{
    private const int MostSteps = 32;

    private readonly FilterStep[] _steps = new FilterStep[MostSteps];
    private readonly HashSet<ProviderId> _providers = [];
    private readonly HashSet<ProviderId> _excludedProviders = [];
    private readonly SharedVerdicts _cpuModel = new(HardFilter.Architecture, SharedPart.Claims);
    private readonly SharedVerdicts _region = new(HardFilter.Region, SharedPart.Spot);
    private readonly SharedVerdicts _excludedRegion = new(HardFilter.ExcludedRegion, SharedPart.Spot);
    private readonly SharedVerdicts _token = new(HardFilter.Token, SharedPart.Spot);
    private readonly SharedVerdicts _attributes = new(HardFilter.Attributes, SharedPart.Claims);
    private readonly SharedVerdicts _labels = new(HardFilter.Compliance, SharedPart.Claims);
    private readonly SharedVerdicts _signedBy = new(HardFilter.SignedBy, SharedPart.Claims);
    private MatchRequirement _requirement = MatchRequirement.Nothing;
    private int _count;

    public ReadOnlySpan<FilterStep> Steps => _steps.AsSpan(0, _count);

    public bool NeedsGpu { get; private set; }

    /// <summary>Whether nothing but pretence is asked before the kind of GPU is.</summary>
    public bool BeginsWithGpuKind => NeedsGpu && _steps[0].Kind == FilterKind.GpuKind;

    public void Start(MatchQuery query, SharedParts parts)
    {
        (_requirement, _count) = (query.Requirement, 0);
        NeedsGpu = _requirement.Amounts.GpuMillis > 0;
        Machine(query, parts);
        if (NeedsGpu) Gpu(query);
        Capacity();
        Place(query, parts);
        Trust(query, parts);
        Terms(query, parts);
    }

    /// <summary>The filters that are asked of each row.</summary>
    public bool Excludes(HardFilter filter, in ListedRow row) => filter switch
    {
        HardFilter.GpuVram => row.FreeVramPercent < _requirement.FreeVram.MinPercent || row.FreeVramPercent > _requirement.FreeVram.MaxPercent,
        HardFilter.Provider => !_providers.Contains(row.ProviderId),
        HardFilter.ExcludedProvider => _excludedProviders.Contains(row.ProviderId),
        HardFilter.RoundTrip => row.RoundTripMs > _requirement.MaxRoundTripMs,
        _ => row.BandwidthMbps < _requirement.MinBandwidthMbps,
    };

    private void Machine(MatchQuery query, SharedParts parts)
    {
        if (_requirement.Mode is { } mode) Add(FilterStep.AnyTrait(HardFilter.Mode, Traits.Mode(mode)));
        if (_requirement.Architecture is { } architecture) Add(FilterStep.AnyTrait(HardFilter.Architecture, Traits.Architecture(architecture)));
        if (!_requirement.CpuModels.IsEmpty && _cpuModel.Start(query.CpuModelFilter, parts)) Add(FilterStep.Shared(HardFilter.Architecture, _cpuModel));
    }

    private void Gpu(MatchQuery query)
    {
        Add(FilterStep.GpuKind);
        if (_requirement.FreeVram != FreeVramBounds.Any) Add(FilterStep.EachRow(HardFilter.GpuVram));
        var whole = query.Filter.WholeGpus;
        if (whole > 0) AtLeast(HardFilter.GpuCount, Column.WholeGpus, whole);
        else AtLeast(HardFilter.GpuCount, Column.LargestShare, _requirement.LargestGpuShareMillis);
        AtLeast(HardFilter.GpuCount, Column.GpuMillis, _requirement.Amounts.GpuMillis);
    }

    private void Capacity()
    {
        var amounts = _requirement.Amounts;
        AtLeast(HardFilter.Cpu, Column.Cpu, amounts.CpuMillis);
        AtLeast(HardFilter.Memory, Column.Memory, amounts.MemoryMib);
        AtLeast(HardFilter.Storage, Column.Storage, amounts.StorageMib.Total);
        AtLeast(HardFilter.StorageClass, Column.StorageDefault, amounts.StorageMib.Default);
        AtLeast(HardFilter.StorageClass, Column.StorageHdd, amounts.StorageMib.Hdd);
        AtLeast(HardFilter.StorageClass, Column.StorageSsd, amounts.StorageMib.Ssd);
        AtLeast(HardFilter.StorageClass, Column.StorageNvme, amounts.StorageMib.Nvme);
        AtLeast(HardFilter.Ports, Column.Ports, amounts.Ports);
    }

    private void Place(MatchQuery query, SharedParts parts)
    {
        if (!_requirement.Regions.IsEmpty) Shared(HardFilter.Region, _region, query, parts);
        if (!_requirement.ExcludedRegions.IsEmpty) Shared(HardFilter.ExcludedRegion, _excludedRegion, query, parts);
        if (!_requirement.Providers.IsEmpty) Add(FilterStep.EachRow(HardFilter.Provider));
        if (!_requirement.ExcludedProviders.IsEmpty) Add(FilterStep.EachRow(HardFilter.ExcludedProvider));
        _providers.Clear();
        _excludedProviders.Clear();
        foreach (var provider in _requirement.Providers) _providers.Add(provider);
        foreach (var provider in _requirement.ExcludedProviders) _excludedProviders.Add(provider);
    }

    private void Trust(MatchQuery query, SharedParts parts)
    {
        if (_requirement.TrustTiers != 0) Add(FilterStep.AnyTrait(HardFilter.TrustTier, Traits.AnyTier(_requirement.TrustTiers)));
        if (!_requirement.Attributes.IsEmpty) Shared(HardFilter.Attributes, _attributes, query, parts);
        if (!_requirement.SignedByAnyOf.IsEmpty || !_requirement.SignedByAllOf.IsEmpty) Shared(HardFilter.SignedBy, _signedBy, query, parts);
        if (!_requirement.ComplianceLabels.IsEmpty) Shared(HardFilter.Compliance, _labels, query, parts);
        if (_requirement.MinIsolation > IsolationLevel.None) Add(FilterStep.AnyTrait(HardFilter.Isolation, Traits.AtLeast(_requirement.MinIsolation)));
    }

    private void Terms(MatchQuery query, SharedParts parts)
    {
        if (_requirement.MaxRoundTripMs > 0) Add(FilterStep.EachRow(HardFilter.RoundTrip));
        if (_requirement.MinBandwidthMbps > 0) Add(FilterStep.EachRow(HardFilter.Bandwidth));
        if (_requirement.NeedsHostImage) Add(FilterStep.AnyTrait(HardFilter.HostImage, Traits.HostImage));
        AtLeast(HardFilter.RunAhead, Column.RunAhead, _requirement.RunAheadSeconds);
        if (_requirement.Token.Length > 0) Shared(HardFilter.Token, _token, query, parts);
    }

    /// <summary>Numbers of listings are zero or more.</summary>
    private void AtLeast(HardFilter filter, Column column, long need)
    {
        if (need > 0) Add(FilterStep.AtLeast(filter, column, need));
    }

    private void Shared(HardFilter filter, SharedVerdicts verdicts, MatchQuery query, SharedParts parts)
    {
        if (verdicts.Start(query.Filter, parts)) Add(FilterStep.Shared(filter, verdicts));
    }

    private void Add(in FilterStep step) => _steps[_count++] = step;
}
