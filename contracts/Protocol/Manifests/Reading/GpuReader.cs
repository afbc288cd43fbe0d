using System.Collections.Immutable;
using System.Globalization;
using Grid.Protocol.Manifests.Quantities;
using Grid.Protocol.Manifests.Yaml;

namespace Grid.Protocol.Manifests.Reading;

/// <summary><c>resources.gpu</c>: <c>{units, attributes}</c>, or the number of units alone.</summary>
internal static class GpuReader
{
    private static readonly (string Text, VramComparison Comparison)[] Comparisons =
        [(">=", VramComparison.AtLeast), ("<=", VramComparison.AtMost), (">", VramComparison.MoreThan), ("<", VramComparison.LessThan), ("", VramComparison.AtLeast)];

    /// <returns>Null when no GPU is asked for.</returns>
    public static GpuRequirement? Read(YamlNode node, string path, Findings findings)
    {
        var fields = node is YamlScalar scalar ? new Fields(ComputeReader.Wrapped(scalar, "units"), path, findings) : Fields.Of(node, path, findings);
        if (fields is null) return null;
        if (fields.Take("units") is null) findings.Error(fields.At, fields.PathOf("units"), "`units` is missing");
        var unitsMilli = ReadUnitsMilli(fields);
        var attributes = fields.Map("attributes");
        var vendors = attributes?.Map("vendor");
        var alternatives = vendors is null ? [] : ReadVendors(vendors);
        var freeVram = attributes is null ? null : ReadVram(attributes);
        attributes?.WarnUnknown("`attributes` of a GPU");
        fields.WarnUnknown("`gpu`");
        if (unitsMilli is null or 0) return null;
        return new GpuRequirement { UnitsMilli = unitsMilli.Value, Alternatives = alternatives, FreeVram = freeVram };
    }

    /// <summary>Whole GPUs, or a part of one: a lease shares at most one device with others.</summary>
    private static int? ReadUnitsMilli(Fields fields)
    {
        if (fields.Text("units") is not { } text) return null;
        if (ExactDecimal.TryParse(text, out var units) && units.TryScale(GpuRequirement.MilliPerGpu, out var millis)
            && millis <= ManifestLimits.GpuUnits * GpuRequirement.MilliPerGpu
                && (millis < GpuRequirement.MilliPerGpu || millis % GpuRequirement.MilliPerGpu == 0))
            return (int)millis;
        fields.Wrong("units", text, $"a whole number from 0 to {ManifestLimits.GpuUnits}, or a part of one GPU, as 0.5");
        return null;
    }

    private static ImmutableArray<GpuAlternative> ReadVendors(Fields vendors)
    {
        var alternatives = ImmutableArray.CreateBuilder<GpuAlternative>();
        foreach (var vendor in new[] { "nvidia", "amd" })
        {
            if (!vendors.Has(vendor)) continue;
            var items = vendors.Items(vendor, allowsSingle: true);
            if (items.Count == 0) alternatives.Add(new GpuAlternative(vendor, null, null, null));
            foreach (var (node, path) in items)
            {
                if (ReadAlternative(vendor, node, path, vendors.Findings) is { } alternative) alternatives.Add(alternative);
            }
        }
        foreach (var name in vendors.Names.Where(name => name is not ("nvidia" or "amd")).Take(1))
        {
            vendors.Findings.Error(vendors.At, vendors.PathOf(name), $"the GPU vendor {Quoted.Of(name)} is not known; expected nvidia or amd");
        }
        return alternatives.DrainToImmutable();
    }

    private static GpuAlternative? ReadAlternative(string vendor, YamlNode node, string path, Findings findings)
    {
        var fields = node is YamlScalar scalar ? new Fields(ComputeReader.Wrapped(scalar, "model"), path, findings) : Fields.Of(node, path, findings);
        if (fields is null) return null;
        var model = fields.Text("model")?.Trim().ToLowerInvariant();
        var ram = fields.Bytes("ram", ManifestLimits.MemoryBytes);
        var @interface = fields.Choice(
            "interface",
            ("pcie", GpuInterface.Pcie),
            ("sxm", GpuInterface.Sxm),
            ("sxm2", GpuInterface.Sxm),
            ("sxm3", GpuInterface.Sxm),
            ("sxm4", GpuInterface.Sxm),
            ("sxm5", GpuInterface.Sxm));
        fields.WarnUnknown("a GPU model");
        return new GpuAlternative(vendor, model is null or "" or "*" ? null : model, ram, @interface);
    }

    private static VramRequirement? ReadVram(Fields attributes)
    {
        if (attributes.Text("req_vram") is not { } text) return null;
        var trimmed = text.Trim();
        var (symbol, comparison) = Comparisons.First(known => trimmed.StartsWith(known.Text, StringComparison.Ordinal));
        if (int.TryParse(trimmed.AsSpan(symbol.Length).Trim().TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent <= 100) return new VramRequirement(comparison, percent);
        attributes.Wrong("req_vram", text, "a comparison with a share of free memory in percent, such as \">=80\"");
        return null;
    }
}
