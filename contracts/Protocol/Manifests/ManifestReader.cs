using Grid.Protocol.Manifests.Reading;
using Grid.Protocol.Manifests.Yaml;

namespace Grid.Protocol.Manifests;

/// <summary>Reads a deploy.yaml of either dialect. Never throws for what a file contains; hostile input is refused within <see cref="ManifestLimits"/>.</summary>
public static class ManifestReader
{
    /// <summary>Reads at most <see cref="ManifestLimits.FileBytes"/> of the stream. Only the stream itself can throw.</summary>
    public static ManifestReading Read(Stream stream) => Read(BoundedText.ReadAtMostLimit(stream));

    public static ManifestReading Read(ReadOnlyMemory<byte> utf8)
    {
        var findings = new Findings();
        return Conclude(BoundedText.Decode(utf8.Span, findings) is { } text ? ReadText(text, findings) : null, findings);
    }

    public static ManifestReading Read(string text)
    {
        var findings = new Findings();
        return Conclude(ReadText(text, findings), findings);
    }

    private static Manifest? ReadText(string text, Findings findings)
    {
        if (!BoundedText.IsAcceptable(text, findings) || YamlTree.Parse(text, findings) is not { } root) return null;
        if (root is YamlMapping mapping) return ManifestBuilder.Build(new Fields(mapping, "", findings));
        findings.Error(root, "", "expected a manifest with `version`, `services`, `profiles` and `deployment`");
        return null;
    }

    private static ManifestReading Conclude(Manifest? manifest, Findings findings) =>
        new(findings.HasErrors ? null : manifest, findings.Errors(), findings.Warnings());
}
