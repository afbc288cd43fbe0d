namespace Grid.Tests.Client.Deploying;

internal static class Manifests
{
    public const string Secret = "a-canary-that-nobody-may-see";

    public const string Batch = """
        version: "1.0"
        services:
          job:
            image: host
            command: ["perl", "job.pl"]
            env: ["TOKEN=a-canary-that-nobody-may-see", "EMPTY="]
        profiles:
          name: job
          mode: provider
          duration: 2h
          compute:
            small: {resources: {cpu: {units: 0.5}, memory: {size: 64Mi}, storage: [{size: 64Mi}]}}
          placement:
            anywhere:
              pricing:
                small: {token: GRID, amount: 2}
        deployment:
          job:
            anywhere: {profile: small, count: 3}
        x-grid:
          services:
            job:
              kind: batch
              inputs: [{name: job.pl, path: job.pl}]
              outputs: [{name: result.txt, path: result.txt}]
        """;
}
