using System.Text;
using System.Text.Json;
using Grid.Matching;
using Grid.Protocol.Manifests;

namespace Grid.Deployments;

/// <summary>What makes a submission unacceptable before any account is asked.</summary>
public static class SubmissionCheck
{
    /// <returns>The manifest, or the field that is wrong and why.</returns>
    public static (Manifest? Manifest, string Field, string Refusal) Read(DeploymentSubmission submission, GridParameters parameters)
    {
        if (Encoding.UTF8.GetByteCount(submission.Manifest) > Limits.ManifestBytes) return Refuse("manifest", $"the manifest has more than {Limits.ManifestBytes} bytes.");
        if (submission.Secrets.Length > Limits.Secrets) return Refuse("secrets", $"{submission.Secrets.Length} secrets, at most {Limits.Secrets} are taken.");
        if (submission.Inputs.Length > Limits.Inputs) return Refuse("inputs", $"{submission.Inputs.Length} inputs, at most {Limits.Inputs} are taken.");
        if (!TryParse(submission.Manifest, out var manifest)) return Refuse("manifest", "the text is not the JSON form of a manifest: send what the client library writes.");

        return FirstFault(submission, manifest!, parameters) is { } fault ? Refuse(fault.Field, fault.Refusal) : (manifest, "", "");
    }

    private static (string Field, string Refusal)? FirstFault(DeploymentSubmission submission, Manifest manifest, GridParameters parameters)
    {
        if (SealedManifest.HashOf(manifest) is not { } hash) return ("manifest", "a secret is not replaced by the hash of its sealed bytes.");
        var authorization = submission.Authorization.Value;
        if (hash != authorization.ManifestHash) return ("authorization.manifestHash", $"is {authorization.ManifestHash}, the manifest's is {hash}: sign the manifest that you send.");
        if (MissingSecret(submission, manifest) is { } secret) return ("secrets", $"{secret.Service}/{secret.Name} is missing, or is not the one that the manifest names by its hash.");
        if (MissingInput(submission, manifest) is { } input) return ("inputs", $"{input} is missing: upload it and name it.");

        if (manifest.Placements.IsEmpty || DeploymentPlan.Slots(manifest).Length > Limits.Orders) return ("manifest", $"a deployment makes 1 to {Limits.Orders} orders.");
        var ceiling = DeploymentPlan.CeilingOf(manifest, parameters);
        if (ceiling is null) return ("manifest.pricing", $"a price names a token that this operator does not take: use one of {string.Join(", ", parameters.TokenAliases)}.");
        if (UnplaceablePlacement(manifest, parameters) is { } fault) return ("manifest.placements", fault);
        if (ceiling > authorization.MaxRatePerHour) return ("authorization.maxRatePerHour", $"is {authorization.MaxRatePerHour}, the manifest's ceilings add up to {ceiling}.");
        return null;
    }

    private static SecretRef? MissingSecret(DeploymentSubmission submission, Manifest manifest) => manifest.Secrets.FirstOrDefault(secret =>
        !submission.Secrets.Any(given => given.Service == secret.Service && given.Kind == secret.Kind && given.Name == secret.Name
            && given.Sealed.Hash.ToString() == manifest.FindSecret(secret)));

    private static string? UnplaceablePlacement(Manifest manifest, GridParameters parameters) => manifest.Placements
        .Select(placement => ManifestRequirement.TryRead(manifest, placement, parameters.Denoms, (int)parameters.DefaultRunAheadSeconds, parameters.Token, out _, out var fault) ? null : fault)
        .FirstOrDefault(static fault => fault is not null);

    private static string? MissingInput(DeploymentSubmission submission, Manifest manifest) => manifest.Services
        .SelectMany(static service => service.Inputs.Select(input => (Service: service.Name, input.Name)))
        .Where(wanted => !submission.Inputs.Any(given => given.Service == wanted.Service && given.Name == wanted.Name))
        .Select(static wanted => $"{wanted.Service}/{wanted.Name}")
        .FirstOrDefault();

    private static bool TryParse(string text, out Manifest? manifest)
    {
        try
        {
            manifest = SealedManifest.Read(text);
            return true;
        }
        catch (JsonException)
        {
            manifest = null;
            return false;
        }
    }

    private static (Manifest? Manifest, string Field, string Refusal) Refuse(string field, string why) => (null, field, why);
}
