using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Client.Http;
using Grid.Protocol.Api;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;

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

        var deployed = await AuthorizeAndSubmitAsync(file, options, manifest, inputs.Inputs, info, wallet, cancellation);
        progress?.Report(new DeployProgress("submitted", $"{deployed.Deployment}"));
        return deployed;
    }

    /// <summary>A refused sequence is certain to have had no effect, so signing a new one makes no second deployment.</summary>
    private async Task<Deployed> AuthorizeAndSubmitAsync(
        ManifestFile file, DeployOptions options, SealedSubmission manifest, ImmutableArray<SealedInput> inputs, OperatorInfo info, Wallet wallet, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var account = await GetAccountAsync(wallet.Address, cancellation);
            var authorization = Authorize(file, options, manifest.Hash, account, info).Sign(wallet.Key, info.Domain());
            var tenantKey = PublishedSealingKey.Publish(wallet.SealingKey.PublicKey, wallet.Key, In(Limits.TenantKeyValidity), info.Domain());
            try
            {
                var answer = await SubmitAsync(new DeployRequest(manifest.Text, authorization, manifest.Secrets, inputs, tenantKey), cancellation);
                return new Deployed(answer.Deployment, answer.Orders, authorization.Value.MaxRatePerHour, authorization.Value.MaxTotal);
            }
            catch (GridException e) when (e.Code == ProblemCodes.SequenceTaken && attempt < Limits.MaxSequenceAttempts)
            {
                // Another program of the same wallet was faster.
            }
        }
    }

    private Authorization Authorize(ManifestFile file, DeployOptions options, Hash256 manifestHash, AccountStatus account, OperatorInfo info)
    {
        var maxTotal = options.MaxTotal ?? SpendingPlan.MaxTotal(file.Manifest, account.Available);
        if (maxTotal.MicroUnits <= 0)
            throw new GridException(GridErrorKind.Refused, $"{account.Payer} has {account.Available} available with this operator; a deployment needs some. Deposit first: grid wallet fund {account.Payer} AMOUNT") { Code = ProblemCodes.InsufficientFunds };
        return new Authorization(
            info.Operator,
            account.Payer,
            account.Payer,
            Mandate: Hash256.Zero,
            account.LastSequence + 1,
            Deployment: Hash256.Zero,
            manifestHash,
            SpendingPlan.MaxRate(file.Manifest),
            maxTotal,
            account.CommittedMax + maxTotal,
            In(Limits.AuthorizationValidity),
            info.Beacon);
    }

    private Task UploadAsync(SealedInput input, string path, CancellationToken cancellation) => _calls.TellAsync(
        CallKind.Upload,
        () => new HttpRequestMessage(HttpMethod.Put, ApiRoutes.Of(ApiRoutes.Inputs, input.SealedSha256.ToString())) { Content = new StreamContent(File.OpenRead(path)) },
        cancellation);

    private long In(TimeSpan validity) => (_time.GetUtcNow() + validity).ToUnixTimeSeconds();
}
