using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace Grid.Chain.Crypto;

/// <summary>Keccak-256 as Ethereum uses it: the original Keccak padding, not FIPS 202's SHA3-256.</summary>
public static class Keccak256
{
    private const int ChunkBytes = 1088;

    // BouncyCastle takes arrays only: one digest and one buffer a thread spare every hash its allocations.
    [ThreadStatic]
    private static State? s_state;

    public static Hash256 Hash(ReadOnlySpan<byte> data) => Hash(data, default);

    /// <summary>The hash of <paramref name="first"/> followed by <paramref name="second"/>.</summary>
    public static Hash256 Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var state = s_state ??= new State();
        state.Absorb(first);
        state.Absorb(second);
        return state.Finish();
    }

    private sealed class State
    {
        private readonly KeccakDigest _digest = new(256);
        private readonly byte[] _buffer = new byte[ChunkBytes];

        public void Absorb(ReadOnlySpan<byte> data)
        {
            while (!data.IsEmpty)
            {
                var chunk = data[..Math.Min(data.Length, ChunkBytes)];
                chunk.CopyTo(_buffer);
                _digest.BlockUpdate(_buffer, 0, chunk.Length);
                data = data[chunk.Length..];
            }
        }

        public Hash256 Finish()
        {
            _digest.DoFinal(_buffer, 0);
            var hash = new Hash256(_buffer.AsSpan(0, Hash256.SizeBytes));
            // What was hashed may be a derived key; it does not stay behind.
            CryptographicOperations.ZeroMemory(_buffer);
            return hash;
        }
    }
}
