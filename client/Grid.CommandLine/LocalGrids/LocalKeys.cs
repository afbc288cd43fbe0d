using System.Security.Cryptography;
using Grid.Chain.Crypto;

namespace Grid.CommandLine.LocalGrids;

/// <summary>Keys of a local grid, in keystores that are cheap to open: they guard nothing but a demonstration.</summary>
internal sealed class LocalKeys
{
    private const int PassphraseBytes = 24;

    private readonly string _passphrase;

    private LocalKeys(string passphrase) => _passphrase = passphrase;

    public static LocalKeys In(LocalGridFolder folder)
    {
        if (File.Exists(folder.PassphraseFile)) return new LocalKeys(File.ReadAllText(folder.PassphraseFile));
        var passphrase = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PassphraseBytes));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(folder.PassphraseFile, options);
        writer.Write(passphrase);
        return new LocalKeys(passphrase);
    }

    /// <summary>The key in that keystore; a fresh one where there is none.</summary>
    public async Task<PrivateKey> OpenAsync(string keystore, CancellationToken cancellation)
    {
        // Stretching the passphrase takes a core for a moment; several keys are opened side by side.
        await Task.Yield();
        if (File.Exists(keystore)) return Keystore.Decrypt(await File.ReadAllTextAsync(keystore, cancellation), _passphrase);
        var key = PrivateKey.Generate();
        await Keystore.SaveAsync(keystore, key, _passphrase, KeystoreCost.Light, cancellation);
        return key;
    }
}
