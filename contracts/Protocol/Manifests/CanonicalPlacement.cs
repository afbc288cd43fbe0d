using System.Collections.Immutable;
using System.Text.Json;
using static Grid.Protocol.Manifests.CanonicalManifest;

namespace Grid.Protocol.Manifests;

internal static class CanonicalPlacement
{
    public static void Write(Utf8JsonWriter json, ManifestPlacement placement)
    {
        json.WriteStartObject();
        json.WriteString("name", placement.Name);
        Attributes(json, "attributes", placement.Attributes);
        Texts(json, "regions", placement.Regions);
        Texts(json, "excludedRegions", placement.ExcludedRegions);
        Ids(json, "providers", placement.Providers);
        Ids(json, "excludedProviders", placement.ExcludedProviders);
        Ids(json, "fizzNodes", placement.FizzNodes);
        Ids(json, "excludedFizzNodes", placement.ExcludedFizzNodes);
        Choice(json, "mode", placement.Mode);
        List(json, "trustTiers", placement.TrustTiers, json.WriteNumberValue);
        Texts(json, "signedByAnyOf", placement.SignedByAnyOf);
        Texts(json, "signedByAllOf", placement.SignedByAllOf);
        NumberUnless(json, "bandwidthMbps", placement.BandwidthMbps, 0);
        Number(json, "durationSeconds", placement.DurationSeconds);
        WriteGridTerms(json, placement);
        List(json, "groups", placement.Groups.OrderBy(group => group.Service, StringComparer.Ordinal), group => WriteGroup(json, group));
        json.WriteEndObject();
    }

    private static void WriteGridTerms(Utf8JsonWriter json, ManifestPlacement placement)
    {
        Flag(json, "spread", placement.Spread);
        List(json, "weights", placement.Weights.OrderBy(weight => weight.Factor, StringComparer.Ordinal), weight => WriteWeight(json, weight));
        Text(json, "isolation", placement.Isolation);
        Texts(json, "compliance", placement.Compliance);
        Number(json, "maxRoundTripMs", placement.MaxRoundTripMs);
        if (placement.Gang is { } gang) WriteGang(json, gang);
        if (placement.Array is { } array) WriteArray(json, array);
    }

    private static void WriteWeight(Utf8JsonWriter json, ManifestWeight weight)
    {
        json.WriteStartObject();
        json.WriteString("factor", weight.Factor);
        json.WriteNumber("milli", weight.WeightMilli);
        json.WriteEndObject();
    }

    private static void WriteGang(Utf8JsonWriter json, ManifestGang gang)
    {
        json.WriteStartObject("gang");
        json.WriteNumber("replicas", gang.Replicas);
        Flag(json, "onePerProvider", gang.OnePerProvider);
        Flag(json, "sameModel", gang.SameModel);
        Flag(json, "sameRegion", gang.SameRegion);
        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, ManifestArray array)
    {
        json.WriteStartObject("array");
        json.WriteNumber("tasks", array.Tasks);
        json.WriteNumber("parallel", array.Parallel);
        Text(json, "reduce", array.Reduce);
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, ManifestGroup group)
    {
        json.WriteStartObject();
        json.WriteString("service", group.Service);
        json.WriteNumber("count", group.Count);
        WriteResources(json, group.Resources);
        json.WriteStartObject("price");
        json.WriteString("denom", group.Price.Denom);
        json.WriteString("amount", group.Price.Amount);
        Flag(json, "perBlock", group.Price.IsPerBlock);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResources(Utf8JsonWriter json, ComputeResources resources)
    {
        json.WriteStartObject("resources");
        json.WriteNumber("cpuMillis", resources.CpuMillis);
        Text(json, "cpuArch", resources.CpuArch);
        Texts(json, "cpuModels", resources.CpuModels);
        Attributes(json, "cpuAttributes", resources.CpuAttributes);
        json.WriteNumber("memoryBytes", resources.MemoryBytes);
        Attributes(json, "memoryAttributes", resources.MemoryAttributes);
        List(json, "storage", resources.Storage, volume => WriteVolume(json, volume));
        if (resources.Gpu is { } gpu) WriteGpu(json, gpu);
        json.WriteEndObject();
    }

    private static void WriteVolume(Utf8JsonWriter json, StorageVolume volume)
    {
        json.WriteStartObject();
        json.WriteString("name", volume.Name);
        json.WriteNumber("sizeBytes", volume.SizeBytes);
        Flag(json, "persistent", volume.Persistent);
        Choice(json, "class", volume.Class);
        json.WriteEndObject();
    }

    private static void WriteGpu(Utf8JsonWriter json, GpuRequirement gpu)
    {
        json.WriteStartObject("gpu");
        json.WriteNumber("unitsMilli", gpu.UnitsMilli);
        List(json, "alternatives", gpu.Alternatives, alternative => WriteAlternative(json, alternative));
        if (gpu.FreeVram is { } vram)
        {
            json.WriteStartObject("freeVram");
            Choice(json, "comparison", vram.Comparison);
            json.WriteNumber("percent", vram.Percent);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteAlternative(Utf8JsonWriter json, GpuAlternative alternative)
    {
        json.WriteStartObject();
        json.WriteString("vendor", alternative.Vendor);
        Text(json, "model", alternative.Model);
        Number(json, "ramBytes", alternative.RamBytes);
        Choice(json, "interface", alternative.Interface ?? default);
        json.WriteEndObject();
    }

    private static void Ids(Utf8JsonWriter json, string key, ImmutableArray<ProviderId> ids)
    {
        if (!ids.IsEmpty) List(json, key, ids, id => json.WriteStringValue(id.Value.ToString().ToLowerInvariant()));
    }
}
