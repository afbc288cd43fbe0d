using System.Security.Cryptography;
using Grid.Chain.Crypto;

namespace Grid.CommandLine.LocalGrids;

/// <summary>Fresh keys of a local grid, in keystores that are cheap to open: they guard nothing but a demonstration.</summary>
internal static class LocalKeys
{
    private const int PassphraseBytes = 24;

    public static string CreatePassphrase(string path)
    {
        var passphrase = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PassphraseBytes));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(passphrase);
        return passphrase;
    }

    public static async Task<PrivateKey> CreateAsync(string keystore, string passphrase, CancellationToken cancellation)
    {
        var key = PrivateKey.Generate();
        // Stretching the passphrase takes a core for a moment; several keys are made side by side.
        await Task.Yield();
        await Keystore.SaveAsync(keystore, key, passphrase, KeystoreCost.Light, cancellation);
        return key;
    }
}
