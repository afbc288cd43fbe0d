using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Grid.Chain.Crypto.Keystores;

/// <summary>AES-128-CTR under the first half of the derived key; a Keccak-256 MAC under the second.</summary>
internal static class KeystoreCipher
{
    public const string Name = "aes-128-ctr";
    public const int IvBytes = 16;
    private const int HalfKeyBytes = 16;

    /// <summary>Encrypts and decrypts alike.</summary>
    public static void Apply(ReadOnlySpan<byte> derivedKey, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> input, Span<byte> output)
    {
        Span<byte> stream = stackalloc byte[PrivateKey.SizeBytes];
        var counter = BinaryPrimitives.ReadUInt128BigEndian(iv);
        for (var i = 0; i < stream.Length; i += IvBytes) BinaryPrimitives.WriteUInt128BigEndian(stream[i..], unchecked(counter++));

        using var aes = Aes.Create();
        aes.SetKey(derivedKey[..HalfKeyBytes]);
        aes.EncryptEcb(stream, stream, PaddingMode.None);
        for (var i = 0; i < input.Length; i++) output[i] = (byte)(input[i] ^ stream[i]);
        CryptographicOperations.ZeroMemory(stream);
    }

    public static Hash256 Mac(ReadOnlySpan<byte> derivedKey, ReadOnlySpan<byte> ciphertext) => Keccak256.Hash(derivedKey[HalfKeyBytes..], ciphertext);
}
