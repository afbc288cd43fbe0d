using Grid.Deployments;
using Grid.Protocol.Sealing;

namespace Grid.Tests.Grains.Deployments;

public sealed class Submissions
{
    private static readonly DeploymentSubmission Valid = SampleManifest.Submission();

    public static TheoryData<string, string, DeploymentSubmission> Faulty => new()
    {
        { "manifest", "not the JSON form", Valid with { Manifest = "version: 1" } },
        { "manifest", "not the JSON form", Valid with { Manifest = "null" } },
        { "manifest", "more than 1048576 bytes", Valid with { Manifest = new string(' ', (1 << 20) + 1) } },
        { "authorization.manifestHash", "sign the manifest that you send", Valid with { Manifest = SampleManifest.Submission(SampleManifest.Text.Replace("count: 3", "count: 2", StringComparison.Ordinal)).Manifest } },
        { "secrets", "web/TOKEN is missing", Valid with { Secrets = [] } },
        { "secrets", "web/TOKEN is missing", Valid with { Secrets = [Valid.Secrets[0] with { Sealed = SealedBytes.Parse([1, .. new byte[SealedBytes.OverheadBytes]]) }] } },
        { "secrets", "4097 secrets, at most 4096", Valid with { Secrets = [.. Enumerable.Repeat(Valid.Secrets[0], 4_097)] } },
        { "inputs", "train/data.csv is missing", Valid with { Inputs = [] } },
        { "inputs", "257 inputs, at most 256", Valid with { Inputs = [.. Enumerable.Repeat(Valid.Inputs[0], 257)] } },
        { "manifest.pricing", "names a token that this operator does not take", Of("token: GRID, amount: 1}", "token: DOGE, amount: 1}") },
        { "authorization.maxRatePerHour", "the manifest's ceilings add up to 10.300000/h", Of("token: GRID, amount: 1}", "token: GRID, amount: 10}") },
    };

    [Fact]
    public void A_sound_submission_gives_its_manifest() => Assert.NotNull(SubmissionCheck.Read(Valid, SampleManifest.Parameters).Manifest);

    [Theory]
    [MemberData(nameof(Faulty), DisableDiscoveryEnumeration = true)]
    public void What_is_wrong_is_named_with_its_field(string field, string expected, DeploymentSubmission submission)
    {
        var (manifest, faulty, refusal) = SubmissionCheck.Read(submission, SampleManifest.Parameters);

        Assert.Null(manifest);
        Assert.Equal(field, faulty);
        Assert.Contains(expected, refusal, StringComparison.Ordinal);
    }

    private static DeploymentSubmission Of(string from, string to) => SampleManifest.Submission(SampleManifest.Text.Replace(from, to, StringComparison.Ordinal));
}
