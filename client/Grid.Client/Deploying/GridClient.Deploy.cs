using Grid.Client.Http;
using Grid.Protocol.Api;

namespace Grid.Client;

public sealed partial class GridClient
{
    /// <summary>Seals, signs, uploads and submits a manifest. A lost answer is asked for again with the same authorization, so there is one deployment.</summary>
    /// <exception cref="GridException">Refused, or no answer: with <see cref="GridErrorKind.OutcomeUnknown"/> look for it in the list of deployments.</exception>
    public async Task<Deployed> DeployAsync(ManifestFile file, DeployOptions options, IProgress<DeployProgress>? progress = null, CancellationToken cancellation = default)
    {
        var wallet = NeedWallet();
        var info = await GetOperatorAsync(cancellation);
        var manifest = SealedSubmission.Seal(file.Manifest, wallet.Address, info.SealingKey.PublicKey);
        progress?.Report(new DeployProgress("sealed", $"{manifest.Secrets.Length} secrets"));

        using var inputs = await SealedInputs.SealAsync(await InputFile.FindAllAsync(file, cancellation), wallet.Address, info.SealingKey.PublicKey, cancellation);
        foreach (var input in inputs.Inputs) await UploadAsync(input, inputs.PathOf(input), cancellation);
        progress?.Report(new DeployProgress("uploaded", $"{inputs.Inputs.Length} inputs, {inputs.Inputs.Sum(input => input.SealedBytes)} bytes"));

        var deployed = await this.AuthorizeAsync(wallet, new DeploymentDraft(file.Manifest, manifest, inputs.Inputs, options), _time, cancellation);
        progress?.Report(new DeployProgress("submitted", $"{deployed.Deployment}"));
        return deployed;
    }

    private Task UploadAsync(SealedInput input, string path, CancellationToken cancellation) => _calls.TellAsync(
        CallKind.Upload,
        () => new HttpRequestMessage(HttpMethod.Put, ApiRoutes.Of(ApiRoutes.Inputs, input.SealedSha256.ToString())) { Content = new StreamContent(File.OpenRead(path)) },
        cancellation);
}
