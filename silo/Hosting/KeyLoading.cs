using Grid.Chain.Crypto;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;

namespace Grid.Silo.Hosting;

/// <summary>Where an operator's keys come from.</summary>
internal static class KeyLoading
{
    public const string KeystoreName = "operator.json";

    private const string SealingKeyName = "sealing.key";

    /// <summary>A new identity in a keystore that did not exist.</summary>
    /// <exception cref="KeystoreException">The keystore exists, or there is no passphrase.</exception>
    public static async Task<PrivateKey> InitAsync(string keystore, PassphraseSource passphrase, KeystoreCost cost, CancellationToken cancellation)
    {
        var key = PrivateKey.Generate();
        await Keystore.SaveAsync(keystore, key, await passphrase.ReadAsync(cancellation), cost, cancellation);
        return key;
    }

    /// <param name="now">The published sealing key is good from now on.</param>
    /// <param name="domain">The grid's on its chain; null without a chain.</param>
    public static OperatorKeys Complete(PrivateKey identity, string dataDirectory, DateTimeOffset now, Eip712Domain? domain = null)
    {
        DurableFile.CreateFolder(dataDirectory);
        var sealing = SealingKeyFile.LoadOrCreate(Path.Combine(dataDirectory, SealingKeyName), identity);
        var grid = new GridIdentity(identity.Address, domain ?? GridDomain.Local);
        var published = PublishedSealingKey.Publish(sealing.PublicKey, identity, now.AddDays(Limits.SealingKeyDays).ToUnixTimeSeconds(), grid.Domain);
        return new OperatorKeys(identity, sealing, published, grid);
    }
}
