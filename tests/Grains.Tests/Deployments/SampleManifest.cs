using Grid.Deployments;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Deployments;

/// <summary>Two services in two placements, with a secret, an input, ports and a price each.</summary>
internal static class SampleManifest
{
    public const string Text = """
        version: "1.0"
        services:
          web:
            image: nginx:1.27
            env: ["TOKEN=secret"]
            expose:
              - {port: 80, as: 80, to: [{global: true}]}
              - {port: 9000, to: [{service: train}]}
          train:
            image: host
            command: ["true"]
        profiles:
          name: two
          mode: provider
          duration: 2h
          compute:
            web: {resources: {cpu: {units: 0.5}, memory: {size: 512Mi}, storage: [{size: 1Gi}]}}
            train: {resources: {cpu: {units: 4}, memory: {size: 16Gi}, storage: [{size: 10Gi}]}}
          placement:
            eu:
              attributes: {region: germany}
              pricing: {web: {token: GRID, amount: 0.1}}
            us:
              pricing: {train: {token: GRID, amount: 1}}
        deployment:
          web: {eu: {profile: web, count: 3}}
          train: {us: {profile: train, count: 1}}
        x-grid:
          services:
            web: {onPartition: keep, runAhead: 10min}
            train: {kind: batch, inputs: [{name: data.csv, path: data.csv}]}
          placements:
            eu: {spread: true}
        """;

    public static readonly GridParameters Parameters = new();

    private static readonly SealedBytes Secret = SealedBytes.Parse([1, .. new byte[SealedBytes.OverheadBytes - 1]]);

    public static Manifest Read(string text = Text)
    {
        var reading = ManifestReader.Read(text);
        Assert.True(reading.IsOk, string.Join("; ", reading.Errors.Select(error => $"{error.Line}: {error.Key}: {error.Message}")));
        return reading.Manifest.WithSecrets(static _ => Secret.Hash.ToString());
    }

    public static DeploymentSubmission Submission(string text = Text)
    {
        var manifest = Read(text);
        var authorization = new Authorization(
            Some.Identity.Operator, Some.TenantKey(1).Address, Some.TenantKey(1).Address, default, 1, default, SealedManifest.HashOf(manifest)!.Value,
            new RatePerHour(1_300_000), Money.FromTokens(10), Money.FromTokens(10), Some.Now.AddHours(1).ToUnixTimeSeconds(), default);
        return new DeploymentSubmission(
            authorization.Sign(Some.TenantKey(1), Some.Identity.Domain),
            SealedManifest.Write(manifest, secret => Chain.Crypto.Hash256.Parse(manifest.FindSecret(secret)!)),
            [new SealedSecret("web", SecretKind.Env, "TOKEN", Secret)],
            [new NamedInput("train", "data.csv", Some.Digest("input", 1), 10)],
            null);
    }

    public static DeploymentState State(DeploymentSubmission submission) => new()
    {
        Authorization = submission.Authorization,
        Manifest = submission.Manifest,
        Secrets = submission.Secrets,
        Inputs = submission.Inputs,
        SubmittedAt = Some.Now,
    };
}
