using System.Security.Cryptography;
using Grid.Chain.Crypto.Engines;

namespace Grid.Chain.Crypto;

/// <summary>
/// A secp256k1 private key: an identity of the grid. The secret stays in one pinned array that <see cref="Dispose"/> wipes;
/// nothing but <see cref="CopyTo"/> gives it out.
/// </summary>
public sealed class PrivateKey : IDisposable
{
    public const int SizeBytes = 32;

    // Pinned, so that the collector leaves no copies of it behind.
    private readonly byte[] _secret = GC.AllocateUninitializedArray<byte>(SizeBytes, pinned: true);
    private readonly byte[] _publicKey = new byte[65];
    private bool _isDisposed;

    private PrivateKey(ReadOnlySpan<byte> secret)
    {
        secret.CopyTo(_secret);
        Secp256k1Engine.Current.DerivePublicKey(_secret, _publicKey);
        Address = Secp256k1.ToAddress(_publicKey);
    }

    public Address Address { get; }

    /// <summary>65 bytes, uncompressed: 0x04 ‖ x ‖ y. A copy.</summary>
    public byte[] PublicKey => [.. _publicKey];

    /// <summary>A fresh key from the operating system's generator.</summary>
    public static PrivateKey Generate()
    {
        Span<byte> secret = stackalloc byte[SizeBytes];
        try
        {
            do RandomNumberGenerator.Fill(secret);
            while (!CurveOrder.IsScalar(new Hash256(secret)));
            return new PrivateKey(secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <param name="secret">32 bytes, big-endian, in [1, n - 1].</param>
    /// <exception cref="ArgumentException">Not 32 bytes, zero, or not below the curve's order.</exception>
    public static PrivateKey FromBytes(ReadOnlySpan<byte> secret)
    {
        if (secret.Length != SizeBytes) throw new ArgumentException($"A private key needs 32 bytes, not {secret.Length}.", nameof(secret));
        if (!CurveOrder.IsScalar(new Hash256(secret)))
            throw new ArgumentException("A private key is a number from 1 to the curve's order minus one; this one is outside. Generate another.", nameof(secret));
        return new PrivateKey(secret);
    }

    /// <summary>Deterministic (RFC 6979), low s, recoverable.</summary>
    public Signature Sign(Hash256 digest)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return Secp256k1Engine.Current.Sign(_secret, digest);
    }

    /// <summary>Gives the secret out, to be sealed in a keystore. The caller wipes <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _secret.CopyTo(destination);
    }

    public void Dispose()
    {
        _isDisposed = true;
        CryptographicOperations.ZeroMemory(_secret);
    }

    /// <summary>Names whose key it is, never the key.</summary>
    public override string ToString() => $"private key of {Address}";
}
