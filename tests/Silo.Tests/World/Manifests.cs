namespace Grid.Tests.Silo.World;

internal static class Manifests
{
    /// <summary>Runs to its end: one input, one output, one secret.</summary>
    public static string Batch(string secret) => $$"""
        version: "1.0"
        services:
          train:
            image: host
            command: ["perl", "train.pl"]
            env:
              - API_KEY={{secret}}
        profiles:
          name: train
          mode: provider
          compute:
            train:
              resources:
                cpu: {units: 0.25}
                memory: {size: 64Mi}
                storage: [{size: 64Mi}]
          placement:
            anywhere:
              pricing:
                train: {token: GRID, amount: 1}
        deployment:
          train:
            anywhere: {profile: train, count: 1}
        x-grid:
          services:
            train:
              kind: batch
              inputs: [{name: data.csv, path: data.csv}]
              outputs: [{name: model.json, path: model.json}]
        """;

    /// <summary>Runs until it is closed; answers on a port.</summary>
    public const string Web = """
        version: "1.0"
        services:
          web:
            image: host
            command: ["perl", "server.pl"]
            expose:
              - port: 8080
                as: 80
                to: [{global: true}]
        profiles:
          name: web
          mode: provider
          compute:
            web:
              resources:
                cpu: {units: 0.1}
                memory: {size: 64Mi}
                storage: [{size: 16Mi}]
          placement:
            anywhere:
              pricing:
                web: {token: GRID, amount: 1}
        deployment:
          web:
            anywhere: {profile: web, count: 1}
        """;
}
