using Grid.Protocol.Manifests;

namespace Grid.Tests.Protocol.Manifests;

/// <summary>The manifests under <c>Files/</c>, embedded.</summary>
internal static class ManifestFiles
{
    private const string Prefix = "Manifests/";

    public static IEnumerable<string> Names { get; } =
        [.. typeof(ManifestFiles).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]).Order(StringComparer.Ordinal)];

    public static TheoryData<string> All() => [.. Names];

    public static string Text(string name)
    {
        using var reader = new StreamReader(typeof(ManifestFiles).Assembly.GetManifestResourceStream(Prefix + name)!);
        return reader.ReadToEnd();
    }

    public static Manifest Read(string name) => Ok(ManifestReader.Read(Text(name)));

    public static Manifest Ok(ManifestReading reading)
    {
        Assert.True(reading.IsOk, string.Join('\n', reading.Errors));
        return reading.Manifest;
    }

    /// <summary>A small valid manifest; each part can be replaced by what a test is about.</summary>
    public static string Small(
        string version = "'2.0'",
        string service = "image: example/app",
        string resources = "cpu: {units: 1}, memory: {size: 1Gi}, storage: {size: 1Gi}",
        string profiles = "",
        string placement = "",
        string price = "denom: uakt, amount: 100",
        string group = "profile: small, count: 1",
        string more = "") => $$"""
        version: {{version}}
        services:
          app:
            {{service.ReplaceLineEndings("\n    ")}}
        profiles:
          {{profiles}}
          compute:
            small: { resources: { {{resources}} } }
          placement:
            here:
              {{placement.ReplaceLineEndings("\n      ")}}
              pricing: { small: { {{price}} } }
        deployment:
          app: { here: { {{group}} } }
        {{more}}
        """;
}
