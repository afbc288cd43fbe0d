using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>What a placement of a manifest asks of one provider: all its services and counts together.</summary>
public static class ManifestRequirement
{
    private const long BytesPerMib = 1L << 20;
    private const string RegionKey = "region";
    private const string ZoneKey = "zone";

    /// <param name="placement">Its groups are what one order places; a spread placement's are narrowed to one replica by the caller.</param>
    /// <param name="token">The token that listings must be priced in; empty: the operator takes all its aliases for one.</param>
    /// <param name="fault">The field, what it says and what to do.</param>
    public static bool TryRead(
        Manifest manifest, ManifestPlacement placement, DenomTable denoms, int runAheadSeconds, string token, out MatchRequirement requirement, out string? fault)
    {
        requirement = MatchRequirement.Nothing;
        var read = Read(manifest, placement, runAheadSeconds, token);
        if (!TryGpus(placement, ref read, out fault)
            || !TryCeiling(placement, denoms, ref read, out fault)
            || !TryIsolation(placement, ref read, out fault)
            || !TryWeights(placement, ref read, out fault)) return false;
        if (!read.Amounts.IsWithinBounds)
        {
            fault = $"placement {placement.Name} asks for {read.Amounts}; each amount must be 0 to {ResourceAmounts.MaxAmount}: split it.";
            return false;
        }

        requirement = read;
        return true;
    }

    private static MatchRequirement Read(Manifest manifest, ManifestPlacement placement, int runAheadSeconds, string token)
    {
        var services = placement.Groups.Select(group => manifest.FindService(group.Service)).OfType<ManifestService>().ToArray();
        return MatchRequirement.Nothing with
        {
            Amounts = placement.Groups.Aggregate(default(ResourceAmounts), (sum, group) => sum + AmountsOf(manifest, group)),
            LargestGpuShareMillis = placement.Groups.Max(group => group.Resources.GpuUnitsMilli),
            Architecture = ArchitectureOf(placement, services),
            CpuModels = [.. placement.Groups.SelectMany(group => group.Resources.CpuModels).Distinct(StringComparer.Ordinal)],
            Mode = placement.Mode switch { PlacementMode.Provider => OfferMode.Provider, PlacementMode.Fizz => OfferMode.Fizz, _ => null },
            Regions = [.. placement.Regions.Concat(ValuesOf(placement, RegionKey)).Distinct(StringComparer.Ordinal)],
            ExcludedRegions = placement.ExcludedRegions,
            Zone = ValuesOf(placement, ZoneKey).FirstOrDefault(""),
            Providers = [.. placement.Providers.Concat(placement.FizzNodes).Distinct()],
            ExcludedProviders = [.. placement.ExcludedProviders.Concat(placement.ExcludedFizzNodes).Distinct()],
            TrustTiers = (byte)placement.TrustTiers.Aggregate(0, static (mask, tier) => mask | 1 << tier),
            Attributes = AttributesOf(placement),
            SignedByAnyOf = AuditorsOf(placement.SignedByAnyOf),
            SignedByAllOf = AuditorsOf(placement.SignedByAllOf),
            ComplianceLabels = placement.Compliance,
            MaxRoundTripMs = placement.MaxRoundTripMs ?? 0,
            MinBandwidthMbps = placement.BandwidthMbps,
            NeedsHostImage = services.Any(static service => service.UsesHostImage),
            RunAheadSeconds = runAheadSeconds,
            Token = token,
        };
    }

    private static ResourceAmounts AmountsOf(Manifest manifest, ManifestGroup group)
    {
        var resources = group.Resources;
        var storage = default(StorageAmounts);
        foreach (var volume in resources.Storage)
            if (volume.Class != StorageClass.Ram) storage = storage.With(volume.Class, storage[volume.Class] + MibRoundedUp(volume.SizeBytes) * group.Count);
        var ports = manifest.FindService(group.Service)?.Expose.Where(static expose => expose.IsGlobal).Sum(static expose => expose.PortCount) ?? 0;
        return new ResourceAmounts(
            resources.CpuMillis * group.Count,
            MibRoundedUp(resources.MemoryBytes + resources.SharedMemoryBytes) * group.Count,
            storage,
            (long)resources.GpuUnitsMilli * group.Count,
            ports * group.Count);
    }

    private static long MibRoundedUp(long bytes) => (bytes + BytesPerMib - 1) / BytesPerMib;

    /// <summary>An image of a registry is taken for amd64 unless the file says otherwise; the node's own system is what it is.</summary>
    private static CpuArchitecture? ArchitectureOf(ManifestPlacement placement, ManifestService[] services)
    {
        if (placement.Groups.Any(static group => group.Resources.CpuArch == "arm64")) return CpuArchitecture.Arm64;
        if (placement.Groups.Any(static group => group.Resources.CpuArch is not null)) return CpuArchitecture.Amd64;
        return services.All(static service => service.UsesHostImage) ? null : CpuArchitecture.Amd64;
    }

    private static IEnumerable<string> ValuesOf(ManifestPlacement placement, string key) =>
        placement.Attributes.Where(attribute => attribute.Key == key).Select(static attribute => attribute.Value);

    private static ImmutableArray<OfferAttribute> AttributesOf(ManifestPlacement placement)
    {
        var ofPlacement = placement.Attributes.Where(static attribute => attribute.Key is not (RegionKey or ZoneKey));
        var ofCpu = placement.Groups.SelectMany(static group => group.Resources.CpuAttributes);
        var ofMemory = placement.Groups.SelectMany(static group => group.Resources.MemoryAttributes);
        return [.. ofPlacement.Concat(ofCpu).Concat(ofMemory).Select(static attribute => new OfferAttribute(attribute.Key, attribute.Value)).Distinct()];
    }

    /// <summary>An auditor of another network becomes the zero address, which nobody signs as: the filter then excludes everyone and says so.</summary>
    private static ImmutableArray<Address> AuditorsOf(ImmutableArray<string> names) =>
        [.. names.Select(static name => Address.TryParse(name, out var address) ? address : Address.Zero)];

    private static bool TryGpus(ManifestPlacement placement, ref MatchRequirement requirement, out string? fault)
    {
        fault = null;
        if (placement.Groups.All(static group => group.Resources.GpuUnitsMilli == 0)) return true;
        IReadOnlyList<WantedGpu> common = [new WantedGpu("", "", 0, null)];
        var bounds = FreeVramBounds.Any;
        foreach (var gpu in placement.Groups.Select(static group => group.Resources.Gpu).OfType<GpuRequirement>().Where(static gpu => gpu.UnitsMilli > 0))
        {
            if (!gpu.Alternatives.IsEmpty) common = WantedGpus.Common(common, gpu.Alternatives);
            bounds = WantedGpus.Narrow(bounds, gpu.FreeVram);
        }

        if (common.Count == 0)
        {
            fault = $"placement {placement.Name}: its services ask for GPUs that no single model satisfies together; place them apart.";
            return false;
        }

        var isAny = common is [{ Vendor: "", Model: "", MinVramMib: 0, Interface: null }];
        requirement = requirement with { Gpus = isAny ? [] : [.. common], FreeVram = bounds };
        return true;
    }

    private static bool TryCeiling(ManifestPlacement placement, DenomTable denoms, ref MatchRequirement requirement, out string? fault)
    {
        fault = null;
        var sum = RatePerHour.Zero;
        foreach (var group in placement.Groups)
        {
            if (!group.Price.TryCeilingFor(denoms, out var ceiling))
            {
                fault = $"pricing of {group.Service} names {group.Price.Denom}, which this operator does not take: use one of {string.Join(", ", denoms.Names)}.";
                return false;
            }

            sum += ceiling * group.Count;
        }

        requirement = requirement with { PriceCeiling = sum };
        return true;
    }

    private static bool TryIsolation(ManifestPlacement placement, ref MatchRequirement requirement, out string? fault)
    {
        fault = null;
        if (placement.Isolation is not { } name) return true;
        if (!IsolationNames.TryParse(name, out var level))
        {
            fault = $"isolation is {name}; expected one of {string.Join(", ", IsolationNames.All)}.";
            return false;
        }

        requirement = requirement with { MinIsolation = level };
        return true;
    }

    private static bool TryWeights(ManifestPlacement placement, ref MatchRequirement requirement, out string? fault)
    {
        fault = null;
        if (placement.Weights.IsEmpty) return true;
        var named = placement.Weights.Select(static weight => KeyValuePair.Create(weight.Factor, weight.WeightMilli));
        if (!WeightBounds.TryReweight(named, out var weights, out fault)) return false;
        requirement = requirement with { Weights = weights };
        return true;
    }
}
