using System.Collections.Immutable;
using Grid.Protocol.Manifests.Quantities;
using Grid.Protocol.Manifests.Yaml;

namespace Grid.Protocol.Manifests.Reading;

/// <summary><c>profiles.compute.NAME</c>: its <c>resources</c>, or the short form without them.</summary>
internal static class ComputeReader
{
    public static ComputeResources? Read(Fields profile)
    {
        var resources = profile.Has("resources") ? profile.RequiredMap("resources") : profile;
        if (resources is null) return null;
        if (resources != profile) profile.WarnUnknown("a compute profile");
        var cpu = Units(resources, "cpu", "units");
        var memory = Units(resources, "memory", "size");
        var cpuMillis = cpu is null ? null : ReadCpuMillis(cpu);
        var memoryBytes = memory?.Bytes("size", ManifestLimits.MemoryBytes);
        var storage = ReadStorage(resources);
        var gpu = resources.Take("gpu") is { } node ? GpuReader.Read(node, resources.PathOf("gpu"), resources.Findings) : null;
        var attributes = cpu?.Map("attributes");
        var arch = attributes is null ? default : ReadArch(attributes);
        var memoryAttributes = memory?.Map("attributes")?.Attributes() ?? [];
        cpu?.WarnUnknown("`cpu`");
        memory?.WarnUnknown("`memory`");
        resources.WarnUnknown("`resources`");
        if (cpuMillis is null || memoryBytes is null) return null;
        return new ComputeResources
        {
            CpuMillis = cpuMillis.Value,
            CpuArch = arch.Name,
            CpuModels = arch.Models,
            CpuAttributes = attributes?.Attributes("arch") ?? [],
            MemoryBytes = memoryBytes.Value,
            MemoryAttributes = memoryAttributes,
            Storage = storage,
            Gpu = gpu,
        };
    }

    /// <summary>A mapping with one leading key, or that key's value alone (short form).</summary>
    private static Fields? Units(Fields resources, string key, string unitsKey)
    {
        if (resources.Take(key) is not YamlScalar scalar) return Required(resources.RequiredMap(key), unitsKey);
        return new Fields(Wrapped(scalar, unitsKey), resources.PathOf(key), resources.Findings);
    }

    private static Fields? Required(Fields? fields, string key)
    {
        if (fields is null || fields.Take(key) is not null) return fields;
        fields.Findings.Error(fields.Position(key), fields.PathOf(key), $"`{key}` is missing");
        return null;
    }

    internal static YamlMapping Wrapped(YamlScalar scalar, string key) =>
        new(scalar.Line, scalar.Column, scalar.Size, [new YamlEntry(new YamlScalar(scalar.Line, scalar.Column, key, IsPlain: true), scalar)]);

    /// <summary><c>0.5</c>, <c>100m</c>, <c>1</c>; finer than a thousandth rounds up.</summary>
    private static long? ReadCpuMillis(Fields cpu)
    {
        if (cpu.Text("units") is not { } text) return null;
        var isMilli = text.EndsWith('m');
        if (ExactDecimal.TryParse(isMilli ? text.AsSpan(0, text.Length - 1) : text, out var value))
        {
            var millis = value.ScaleRoundedUp(isMilli ? 1 : 1000);
            if (!millis.IsZero && millis <= ManifestLimits.CpuMillis) return (long)millis;
        }
        cpu.Wrong("units", text, $"CPUs such as 0.5, 2 or 100m, at most {ManifestLimits.CpuMillis / 1000}");
        return null;
    }

    private static (string? Name, ImmutableArray<string> Models) ReadArch(Fields attributes)
    {
        if (attributes.Take("arch") is not YamlMapping mapping) return (attributes.Text("arch")?.ToLowerInvariant(), []);
        var arch = new Fields(mapping, attributes.PathOf("arch"), attributes.Findings);
        var entries = arch.Named(1, "architectures");
        if (entries.Count == 0) return (null, []);
        var (name, _, path) = entries[0];
        var models = ImmutableArray.CreateBuilder<string>();
        foreach (var (node, itemPath) in arch.Items(name.Text, allowsSingle: true))
        {
            var model = node is YamlMapping item ? new Fields(item, itemPath, attributes.Findings).Text("model") : Fields.TextOf(node, path, attributes.Findings);
            if (model is not (null or "" or "*")) models.Add(model.ToLowerInvariant());
        }
        return (name.Text.ToLowerInvariant(), models.DrainToImmutable());
    }

    private static ImmutableArray<StorageVolume> ReadStorage(Fields resources)
    {
        if (resources.Take("storage") is null) resources.Findings.Error(resources.At, resources.PathOf("storage"), "`storage` is missing");
        var items = resources.Items("storage", allowsSingle: true);
        if (items.Count > ManifestLimits.VolumesPerService) resources.Findings.Error(resources.Position("storage"), resources.PathOf("storage"), $"{items.Count} volumes; at most {ManifestLimits.VolumesPerService} are allowed");
        var volumes = ImmutableArray.CreateBuilder<StorageVolume>();
        foreach (var (node, path) in items.Take(ManifestLimits.VolumesPerService))
        {
            var fields = node is YamlScalar size ? new Fields(Wrapped(size, "size"), path, resources.Findings) : Fields.Of(node, path, resources.Findings);
            if (fields is null || ReadVolume(fields) is not { } volume) continue;
            if (volumes.Any(known => known.Name == volume.Name)) resources.Findings.Error(node, path, $"two volumes are called {Quoted.Of(volume.Name)}; name them differently");
            volumes.Add(volume);
        }
        return volumes.DrainToImmutable();
    }

    private static StorageVolume? ReadVolume(Fields fields)
    {
        var name = fields.Text("name") ?? StorageVolume.DefaultName;
        var size = Required(fields, "size")?.Bytes("size", ManifestLimits.StorageBytes);
        var attributes = fields.Map("attributes");
        var persistent = attributes?.Flag("persistent") ?? false;
        var storageClass = attributes?.Choice(
            "class",
            ("default", StorageClass.Default),
            ("beta1", StorageClass.Beta1),
            ("beta2", StorageClass.Beta2),
            ("beta3", StorageClass.Beta3),
            ("ram", StorageClass.Ram)) ?? default;
        if (persistent && storageClass == StorageClass.Ram) attributes!.Findings.Error(attributes.Position("persistent"), attributes.PathOf("persistent"), "shared memory (class ram) can't be persistent; remove one of the two");
        attributes?.WarnUnknown("`attributes` of a volume");
        fields.WarnUnknown("a volume");
        return size is { } bytes ? new StorageVolume(name, bytes, persistent, storageClass) : null;
    }
}
