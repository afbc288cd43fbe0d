namespace Grid.Tests.Grains.Cluster;

internal static class Manifests
{
    /// <summary>One service for at most one token an hour.</summary>
    public const string Web = """
        version: "1.0"
        services:
          web:
            image: host
            command: ["true"]
            expose:
              - port: 8080
                as: 8080
                to: [{global: true}]
        profiles:
          name: web
          mode: provider
          compute:
            web:
              resources:
                cpu: {units: 1}
                memory: {size: 512Mi}
                storage: [{size: 64Mi}]
          placement:
            anywhere:
              pricing:
                web: {token: GRID, amount: 1}
        deployment:
          web:
            anywhere: {profile: web, count: 1}

        """;

    /// <summary>The same as a batch, of which there is at most one copy.</summary>
    public const string Batch = Web + """
        x-grid:
          services:
            web: {kind: batch}
        """;

    /// <summary>Two replicas, each an order of its own.</summary>
    public static readonly string TwoSpread = Web.Replace("count: 1", "count: 2", StringComparison.Ordinal) + """
        x-grid:
          placements:
            anywhere: {spread: true}
        """;
}
