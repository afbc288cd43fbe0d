using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Sealing;

/// <summary>A P-256 point that others seal to, 65 bytes uncompressed (0x04 ‖ x ‖ y). Text is hex.</summary>
[JsonConverter(typeof(SealingPublicKeyJsonConverter))]
public sealed class SealingPublicKey : IEquatable<SealingPublicKey>
{
    public const int SizeBytes = 65;

    private const int CoordinateBytes = 32;
    private const byte Uncompressed = 4;

    private readonly byte[] _bytes;

    private SealingPublicKey(byte[] bytes)
    {
        _bytes = bytes;
        Hash = ContentHash.Of(bytes);
    }

    /// <summary>SHA-256 of the 65 bytes: what a <see cref="SealingKey"/> names.</summary>
    public Hash256 Hash { get; }

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <returns>False where these are not 65 bytes of a point on the curve.</returns>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SealingPublicKey? key)
    {
        key = null;
        if (bytes.Length != SizeBytes || bytes[0] != Uncompressed) return false;
        var candidate = new SealingPublicKey(bytes.ToArray());
        try
        {
            // The import checks that the point lies on the curve: an invalid one would leak bits of the private key.
            candidate.Import().Dispose();
        }
        catch (CryptographicException)
        {
            return false;
        }
        key = candidate;
        return true;
    }

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SealingPublicKey? key)
    {
        key = null;
        Span<byte> bytes = stackalloc byte[SizeBytes];
        return text is not null && HexText.TryDecode(text, bytes) && TryCreate(bytes, out key);
    }

    public bool Equals(SealingPublicKey? other) => other is not null && Hash == other.Hash;

    public override bool Equals(object? obj) => Equals(obj as SealingPublicKey);

    public override int GetHashCode() => Hash.GetHashCode();

    public override string ToString() => HexText.Encode(_bytes);

    internal ECDiffieHellman Import() => ECDiffieHellman.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = _bytes[1..(1 + CoordinateBytes)], Y = _bytes[(1 + CoordinateBytes)..] },
    });

    internal static SealingPublicKey Of(ECDiffieHellman key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var bytes = new byte[SizeBytes];
        bytes[0] = Uncompressed;
        point.X!.CopyTo(bytes, 1);
        point.Y!.CopyTo(bytes, 1 + CoordinateBytes);
        return new SealingPublicKey(bytes);
    }
}
