namespace Grid.Protocol.Manifests.Reading;

/// <summary><c>x-grid</c>: what the two dialects lack, by the names of services and placements.</summary>
internal sealed class GridBlock(Fields? services, Fields? placements, Findings findings)
{
    public const string Key = "x-grid";

    public static GridBlock Read(Fields manifest)
    {
        var block = manifest.Map(Key);
        var read = new GridBlock(block?.Map("services"), block?.Map("placements"), manifest.Findings);
        block?.WarnUnknown("`x-grid`");
        return read;
    }

    public Fields? Service(string name) => services?.Map(name);

    public Fields? Placement(string name) => placements?.Map(name);

    /// <summary>A name that no service or placement was asked by exists nowhere.</summary>
    public void RefuseUnknown(IEnumerable<string> serviceNames, IEnumerable<string> placementNames)
    {
        RefuseUnknown(services, serviceNames, "service");
        RefuseUnknown(placements, placementNames, "placement");
    }

    private void RefuseUnknown(Fields? fields, IEnumerable<string> known, string what)
    {
        foreach (var (name, _, path) in fields?.Named(ManifestLimits.Services, what + "s") ?? [])
        {
            if (known.Contains(name.Text)) continue;
            var advice = Suggestion.For(name.Text, known) is { } nearest ? $"did you mean `{nearest}`?" : "define it or remove this";
            findings.Error(name, path, $"there is no {what} {Quoted.Of(name.Text)}: {advice}");
        }
    }
}
