using Grid.Chain.Crypto;
using Grid.Protocol.Api;
using Grid.Protocol.Sealing;
using Grid.Silo.Blobs;
using Grid.Silo.Hosting;

namespace Grid.Silo.Api;

/// <summary>What only this silo can check of a submission: that it can open what was sealed to it, and that the inputs are here.</summary>
internal sealed class SubmissionRules(OperatorKeys keys, InputBlobs blobs, TimeProvider time)
{
    public IResult? ProblemOf(DeployRequest request, Address caller)
    {
        var authorization = request.Authorization.Value;
        if (authorization.Payer != caller) return Problems.NotYours("The authorization");
        if (request.Inputs.Count > Blobs.Limits.InputsPerDeployment)
            return Problems.Invalid(ProblemCodes.Malformed, "inputs", $"has {request.Inputs.Count} entries, expected at most {Blobs.Limits.InputsPerDeployment}.");
        if (request.TenantKey is { } key && !key.IsValidFor(authorization.Signer, keys.Grid.Domain, time.GetUtcNow()))
            return Problems.Invalid(ProblemCodes.AuthorizationInvalid, "tenantKey", "is not signed by the authorization's signer for this grid, or has expired.");
        return InputProblem(request) ?? SecretProblem(request, authorization.Payer);
    }

    private IResult? InputProblem(DeployRequest request)
    {
        if (request.Inputs.FirstOrDefault(input => !blobs.Has(input.SealedSha256)) is not { } missing) return null;
        var field = $"inputs.{missing.Input.Service}/{missing.Input.Name}";
        return Problems.Invalid(ProblemCodes.InputMissing, field, $"{missing.SealedSha256} was not uploaded: PUT it first.");
    }

    private IResult? SecretProblem(DeployRequest request, Address payer)
    {
        foreach (var secret in request.Secrets)
        {
            if (Opens(secret, payer)) continue;
            return Problems.Invalid(ProblemCodes.SecretMissing, $"secrets.{secret.Service}/{secret.Name}", "was not sealed by this payer to this operator's key: read /v1/operator and seal again.");
        }

        return null;
    }

    private bool Opens(SealedSecret secret, Address payer)
    {
        try
        {
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(secret.Sealed.Open(keys.Sealing, SealingContext.TenantSecret(payer, secret.Service, secret.Name)));
            return true;
        }
        catch (SealingException)
        {
            return false;
        }
    }
}
