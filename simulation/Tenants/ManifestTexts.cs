using Grid.Chain.Crypto;
using Grid.Protocol.Manifests;

namespace Grid.Simulation;

/// <summary>What simulated tenants deploy, by way of the real reader.</summary>
public static class ManifestTexts
{
    private static readonly string[] Texts =
    [
        Yaml(cpu: "0.5", gpu: null, count: 1, kind: "batch", partition: "stop", duration: "1h"),
        Yaml(cpu: "2", gpu: "1", count: 1, kind: "service", partition: "keep", duration: "5min"),
        Yaml(cpu: "1", gpu: "1", count: 1, kind: "batch", partition: "keep", duration: "10min"),
        Yaml(cpu: "1", gpu: "1", count: 2, kind: "service", partition: "stop", duration: "3min"),
        Yaml(cpu: "1", gpu: null, count: 2, kind: "service", partition: "keep", duration: "1d"),
        Yaml(cpu: "4", gpu: "2", count: 1, kind: "batch", partition: "stop", duration: "30min", region: "france"),
    ];

    /// <summary>An eighth of a simulated machine's cores, for two minutes at most.</summary>
    public static string Small { get; } = Canonical(
        Yaml(cpu: "2", gpu: null, count: 1, kind: "batch", partition: "stop", duration: "2min"));

    /// <summary>All of its cores.</summary>
    public static string Big { get; } = Canonical(Yaml(cpu: "16", gpu: null, count: 1, kind: "batch", partition: "stop", duration: "2min"));

    /// <summary>The canonical texts that are submitted.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Texts.Select(Canonical)];

    private static readonly SortedDictionary<string, Manifest> Known = new(All.Distinct().ToDictionary(static text => text, SealedManifest.Read), StringComparer.Ordinal);

    /// <summary>A text as a node reads it; the texts of this class are read once.</summary>
    public static Manifest Read(string text) => Known.TryGetValue(text, out var manifest) ? manifest : SealedManifest.Read(text);

    private static string Canonical(string yaml) => SealedManifest.Write(Parsed(yaml), static _ => Hash256.Zero);

    private static Manifest Parsed(string yaml)
    {
        var reading = ManifestReader.Read(yaml);
        return reading.Manifest ?? throw new InvalidOperationException($"A manifest of the simulation is wrong: {string.Join("; ", reading.Errors)}");
    }

    private static string Yaml(string cpu, string? gpu, int count, string kind, string partition, string duration, string? region = null)
    {
        var gpus = gpu is null ? "" : "gpu: {units: " + gpu + ", attributes: {vendor: {nvidia: [{model: rtx4090}]}}}";
        var attributes = region is null ? "" : "attributes: {region: " + region + "}";
        return $$"""
            version: "1.0"
            services:
              main: {image: host}
            profiles:
              name: sim
              duration: {{duration}}
              compute:
                p:
                  resources:
                    cpu: {units: {{cpu}} }
                    memory: {size: 1Gi}
                    storage: [{size: 1Gi}]
                    {{gpus}}
              placement:
                any:
                  {{attributes}}
                  pricing: {p: {token: USDC, amount: 5} }
            deployment:
              main: {any: {profile: p, count: {{count}} } }
            x-grid:
              services:
                main: {kind: {{kind}}, onPartition: {{partition}}, runAhead: 1min }
            """;
    }
}
