using System.Security.Cryptography;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Matching;

/// <summary>
/// A matchmaker's committed chance: element 0, the anchor, is published first; element n − 1 is the SHA-256 of element n, so that elements are revealed from 1 upwards
/// and nobody can compute the next from those before.
/// </summary>
public sealed class HashChain
{
    /// <summary>Verifying an element against the anchor takes at most this many hashes.</summary>
    public const int MaxLength = 1 << 20;

    private const int Stride = 1024;

    private readonly Hash256[] _checkpoints;
    private readonly Hash256[] _block = new Hash256[Stride];
    private int _blockStart = -1;

    /// <param name="secret">The last element. It never leaves the matchmaker before its turn.</param>
    /// <param name="length">Elements after the anchor, 1 to <see cref="MaxLength"/>.</param>
    public HashChain(Hash256 secret, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        Length = length;
        _checkpoints = new Hash256[length / Stride + 1];
        var element = secret;
        for (var n = length; n > 0; n--)
        {
            if (n % Stride == 0) _checkpoints[n / Stride] = element;
            element = Next(element);
        }

        _checkpoints[0] = element;
        Secret = secret;
    }

    public int Length { get; }

    public Hash256 Anchor => _checkpoints[0];

    private Hash256 Secret { get; }

    /// <param name="n">1 to <see cref="Length"/>.</param>
    public Hash256 Element(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, Length);
        var start = n / Stride * Stride;
        if (start != _blockStart) FillBlock(start);
        return _block[n - start];
    }

    /// <summary>Whether <paramref name="element"/> is element <paramref name="n"/> of the chain that was published as <paramref name="anchor"/>.</summary>
    public static bool IsElement(Hash256 anchor, long n, Hash256 element)
    {
        if (n is < 1 or > MaxLength) return false;
        for (var i = 0L; i < n; i++) element = Next(element);
        return element == anchor;
    }

    /// <summary>A later chain's secret of the same matchmaker, when one chain is used up.</summary>
    public static Hash256 SecretOf(Hash256 masterSecret, long generation) =>
        new(SHA256.HashData(new CanonicalBytes().Text("grid.hash-chain.v1").Word(masterSecret).Int64(generation).Written));

    public override string ToString() => $"hash chain {Anchor}, {Length} elements";

    /// <summary>Elements start … start + 1023 from the nearest later checkpoint, so that revealing one by one costs one block of hashes per block.</summary>
    private void FillBlock(int start)
    {
        var top = Math.Min(start + Stride, Length);
        var element = top % Stride == 0 ? _checkpoints[top / Stride] : Secret;
        for (var n = top; n >= start; n--)
        {
            if (n - start < Stride) _block[n - start] = element;
            element = Next(element);
        }

        _blockStart = start;
    }

    private static Hash256 Next(Hash256 element)
    {
        Span<byte> bytes = stackalloc byte[Hash256.SizeBytes];
        element.CopyTo(bytes);
        Span<byte> digest = stackalloc byte[Hash256.SizeBytes];
        SHA256.HashData(bytes, digest);
        return new Hash256(digest);
    }
}
