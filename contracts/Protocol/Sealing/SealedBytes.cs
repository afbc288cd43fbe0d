using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Sealing;

/// <summary>
/// <i>Sealed v1</i>: ECIES of P-256, HKDF-SHA256 and AES-256-GCM.
/// <c>0x01 ‖ ephemeral public key (65) ‖ nonce (12) ‖ ciphertext ‖ tag (16)</c>; key = HKDF(shared x, salt = ephemeral ‖ recipient, info = <c>grid sealed v1</c>);
/// associated data = the version and the <see cref="SealingContext"/>. JSON is base64.
/// </summary>
[JsonConverter(typeof(SealedBytesJsonConverter))]
public sealed class SealedBytes
{
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int NonceAt = 1 + SealingPublicKey.SizeBytes;
    private const int HeaderBytes = NonceAt + NonceBytes;

    public const int OverheadBytes = HeaderBytes + TagBytes;

    private readonly byte[] _bytes;

    private SealedBytes(byte[] bytes) => _bytes = bytes;

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>SHA-256 of the sealed bytes: what stands for the secret in a manifest's hash.</summary>
    public Hash256 Hash => ContentHash.Of(_bytes);

    private static ReadOnlySpan<byte> Info => "grid sealed v1"u8;

    /// <summary>A fresh ephemeral key and nonce each time: the same plaintext never gives the same bytes.</summary>
    public static SealedBytes Seal(SealingPublicKey recipient, ReadOnlySpan<byte> plaintext, SealingContext context)
    {
        if (plaintext.Length > Limits.MaxPlaintextBytes)
            throw new ArgumentException($"At most {Limits.MaxPlaintextBytes} bytes go in one piece, not {plaintext.Length}; seal a stream.", nameof(plaintext));
        using var ephemeral = SealingKeyPair.Generate();
        var bytes = new byte[OverheadBytes + plaintext.Length];
        bytes[0] = Version;
        ephemeral.PublicKey.Bytes.CopyTo(bytes.AsSpan(1));
        RandomNumberGenerator.Fill(bytes.AsSpan(NonceAt, NonceBytes));

        var key = SealedKeys.Derive(ephemeral.AgreeWith(recipient), ephemeral.PublicKey, recipient, Info);
        using var aes = new AesGcm(key, TagBytes);
        CryptographicOperations.ZeroMemory(key);
        var ciphertext = bytes.AsSpan(HeaderBytes, plaintext.Length);
        aes.Encrypt(bytes.AsSpan(NonceAt, NonceBytes), plaintext, ciphertext, bytes.AsSpan(^TagBytes..), context.ToAssociatedData(Version));
        return new SealedBytes(bytes);
    }

    /// <summary>Takes bytes from outside; only their shape is checked until they are opened.</summary>
    /// <exception cref="SealingException">Too short, too long, or of another version.</exception>
    public static SealedBytes Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is < OverheadBytes or > OverheadBytes + Limits.MaxPlaintextBytes)
            throw new SealingException($"Sealed bytes have {OverheadBytes} to {OverheadBytes + Limits.MaxPlaintextBytes} bytes, not {bytes.Length}.");
        if (bytes[0] != Version) throw new SealingException($"Sealed bytes start with version {Version}, not {bytes[0]}: made by a newer program?");
        return new SealedBytes(bytes.ToArray());
    }

    /// <exception cref="SealingException">Not sealed to this key, for another context, or changed on the way: which of them can't be told.</exception>
    public byte[] Open(SealingKeyPair recipient, SealingContext context)
    {
        if (!SealingPublicKey.TryCreate(_bytes.AsSpan(1, SealingPublicKey.SizeBytes), out var ephemeral))
            throw new SealingException("The ephemeral key of sealed bytes is no point on P-256.");
        var key = SealedKeys.Derive(recipient.AgreeWith(ephemeral), ephemeral, recipient.PublicKey, Info);
        using var aes = new AesGcm(key, TagBytes);
        CryptographicOperations.ZeroMemory(key);
        var plaintext = new byte[_bytes.Length - OverheadBytes];
        try
        {
            var ciphertext = _bytes.AsSpan(HeaderBytes, plaintext.Length);
            aes.Decrypt(_bytes.AsSpan(NonceAt, NonceBytes), ciphertext, _bytes.AsSpan(^TagBytes..), plaintext, context.ToAssociatedData(Version));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new SealingException("These bytes were not sealed to this key for this purpose, or were changed on the way.");
        }
        return plaintext;
    }

    public override string ToString() => $"SealedBytes({_bytes.Length} bytes)";
}
