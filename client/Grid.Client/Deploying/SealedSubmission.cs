using System.Collections.Immutable;
using System.Text;
using Grid.Chain.Crypto;
using Grid.Protocol.Manifests;
using Grid.Protocol.Sealing;

namespace Grid.Client;

/// <summary>A manifest as it leaves this machine: its secrets sealed to the operator, their hashes in its text.</summary>
/// <param name="Text">As <see cref="SealedManifest"/> writes it.</param>
/// <param name="Hash">What the authorization signs.</param>
public sealed record SealedSubmission(string Text, Hash256 Hash, ImmutableArray<SealedSecret> Secrets)
{
    public static SealedSubmission Seal(Manifest manifest, Address payer, SealingPublicKey recipient)
    {
        var secrets = manifest.Secrets.ToDictionary(secret => secret, secret => Seal(manifest, secret, payer, recipient));
        return new SealedSubmission(
            SealedManifest.Write(manifest, secret => secrets[secret].Sealed.Hash),
            ManifestHash.Of(manifest, secret => secrets[secret].Sealed.Hash),
            [.. manifest.Secrets.Select(secret => secrets[secret])]);
    }

    /// <summary>The text with nothing in the secrets' places: for questions, never for an authorization.</summary>
    public static string TextWithoutSecrets(Manifest manifest) => SealedManifest.Write(manifest, static _ => Hash256.Zero);

    private static SealedSecret Seal(Manifest manifest, SecretRef secret, Address payer, SealingPublicKey recipient)
    {
        var plaintext = Encoding.UTF8.GetBytes(manifest.FindSecret(secret)!);
        var context = SealingContext.TenantSecret(payer, secret.Service, secret.Name);
        return new SealedSecret(secret.Service, secret.Kind, secret.Name, SealedBytes.Seal(recipient, plaintext, context));
    }
}
