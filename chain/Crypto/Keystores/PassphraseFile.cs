using System.Security.Cryptography;

namespace Grid.Chain.Crypto.Keystores;

internal sealed class PassphraseFile(string path) : PassphraseSource
{
    private const string Kind = "passphrase file";

    public override async ValueTask<string> ReadAsync(CancellationToken cancellationToken = default)
    {
        // Two bytes more for the line break.
        var bytes = await PrivateFile.ReadSecretAsync(path, Kind, Limits.MaxPassphraseBytes + 2, cancellationToken);
        var passphrase = PrivateFile.DecodeText(path, WithoutLineBreak(bytes));
        CryptographicOperations.ZeroMemory(bytes);
        return passphrase.Length > 0 ? passphrase : throw new KeystoreException($"The {Kind} '{path}' is empty; put the passphrase on its first line.");
    }

    private static ReadOnlySpan<byte> WithoutLineBreak(ReadOnlySpan<byte> bytes)
    {
        if (bytes.EndsWith("\r\n"u8)) return bytes[..^2];
        return bytes.EndsWith("\n"u8) ? bytes[..^1] : bytes;
    }
}
