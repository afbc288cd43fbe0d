using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Grid.Protocol.Sealing;

/// <summary>
/// A stream of any length, sealed in chunks (the STREAM construction): <c>0x11 ‖ ephemeral public key (65) ‖ nonce prefix (7)</c>, then chunks of
/// <see cref="Limits.ChunkBytes"/> + 16 bytes, the last one shorter or equal. A chunk's nonce is prefix ‖ counter (4) ‖ last flag (1), so that chunks can't be
/// dropped, repeated or reordered, and a stream that was cut off does not open. There is always a last chunk, which may be empty.
/// </summary>
public static class SealedStream
{
    private const byte Version = 0x11;
    private const int PrefixBytes = 7;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeaderBytes = 1 + SealingPublicKey.SizeBytes + PrefixBytes;
    private const int SealedChunkBytes = Limits.ChunkBytes + TagBytes;

    private static ReadOnlySpan<byte> Info => "grid sealed stream v1"u8;

    /// <summary>How many sealed bytes a plaintext of this length makes.</summary>
    public static long SealedLength(long plaintextBytes)
    {
        var chunks = Math.Max(1, (plaintextBytes + Limits.ChunkBytes - 1) / Limits.ChunkBytes);
        return HeaderBytes + plaintextBytes + chunks * TagBytes;
    }

    /// <returns>Bytes of plaintext read.</returns>
    public static async Task<long> SealAsync(
        SealingPublicKey recipient, Stream plaintext, Stream destination, SealingContext context, CancellationToken cancellation)
    {
        using var ephemeral = SealingKeyPair.Generate();
        var header = new byte[HeaderBytes];
        header[0] = Version;
        ephemeral.PublicKey.Bytes.CopyTo(header.AsSpan(1));
        RandomNumberGenerator.Fill(header.AsSpan(HeaderBytes - PrefixBytes));
        await destination.WriteAsync(header, cancellation);

        using var chunks = new ChunkCipher(SealedKeys.Derive(ephemeral.AgreeWith(recipient), ephemeral.PublicKey, recipient, Info), header, context);
        var lookahead = new Lookahead(plaintext, Limits.ChunkBytes);
        var sealedChunk = new byte[SealedChunkBytes];
        long total = 0;
        for (var isLast = false; !isLast;)
        {
            (var chunk, isLast) = await lookahead.NextAsync(cancellation);
            chunks.Seal(chunk.Span, sealedChunk, isLast);
            await destination.WriteAsync(sealedChunk.AsMemory(0, chunk.Length + TagBytes), cancellation);
            total += chunk.Length;
        }
        return total;
    }

    /// <param name="maxBytes">Refuse more plaintext than this.</param>
    /// <returns>Bytes of plaintext written.</returns>
    /// <exception cref="SealingException">
    /// Wrong key or context, changed, cut off, or too long. What was written to <paramref name="destination"/> before must be thrown away: each chunk was
    /// authentic, but they are not the whole.
    /// </exception>
    public static async Task<long> OpenAsync(
        SealingKeyPair recipient, Stream source, Stream destination, SealingContext context, long maxBytes, CancellationToken cancellation)
    {
        var header = new byte[HeaderBytes];
        if (await source.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellation) < HeaderBytes)
            throw new SealingException("The sealed stream ends within its header.");
        if (header[0] != Version) throw new SealingException($"A sealed stream starts with version {Version}, not {header[0]}: made by a newer program?");
        if (!SealingPublicKey.TryCreate(header.AsSpan(1, SealingPublicKey.SizeBytes), out var ephemeral))
            throw new SealingException("The ephemeral key of a sealed stream is no point on P-256.");

        using var chunks = new ChunkCipher(SealedKeys.Derive(recipient.AgreeWith(ephemeral), ephemeral, recipient.PublicKey, Info), header, context);
        var lookahead = new Lookahead(source, SealedChunkBytes);
        var plaintext = new byte[Limits.ChunkBytes];
        long total = 0;
        for (var isLast = false; !isLast;)
        {
            (var chunk, isLast) = await lookahead.NextAsync(cancellation);
            var bytes = chunks.Open(chunk.Span, plaintext, isLast);
            total += bytes;
            if (total > maxBytes) throw new SealingException($"The sealed stream holds more than the {maxBytes} bytes that were allowed.");
            await destination.WriteAsync(plaintext.AsMemory(0, bytes), cancellation);
        }
        return total;
    }

    /// <summary>Reads whole chunks, one ahead, since only the end of the source says which chunk is the last.</summary>
    private sealed class Lookahead(Stream source, int chunkBytes)
    {
        private byte[] _current = new byte[chunkBytes];
        private byte[] _next = new byte[chunkBytes];
        private int _nextBytes = -1;

        public async Task<(ReadOnlyMemory<byte> Chunk, bool IsLast)> NextAsync(CancellationToken cancellation)
        {
            if (_nextBytes < 0) _nextBytes = await ReadAsync(cancellation);
            (_current, _next) = (_next, _current);
            var bytes = _nextBytes;
            _nextBytes = bytes < chunkBytes ? 0 : await ReadAsync(cancellation);
            return (_current.AsMemory(0, bytes), _nextBytes == 0);
        }

        private async Task<int> ReadAsync(CancellationToken cancellation) =>
            await source.ReadAtLeastAsync(_next, chunkBytes, throwOnEndOfStream: false, cancellation);
    }

    private sealed class ChunkCipher : IDisposable
    {
        private readonly AesGcm _aes;
        private readonly byte[] _nonce = new byte[NonceBytes];
        private readonly byte[] _associatedData;
        private uint _counter;

        public ChunkCipher(byte[] key, byte[] header, SealingContext context)
        {
            _aes = new AesGcm(key, TagBytes);
            CryptographicOperations.ZeroMemory(key);
            header.AsSpan(HeaderBytes - PrefixBytes).CopyTo(_nonce);
            _associatedData = context.ToAssociatedData(Version);
        }

        public void Seal(ReadOnlySpan<byte> plaintext, Span<byte> destination, bool isLast)
        {
            NextNonce(isLast);
            _aes.Encrypt(_nonce, plaintext, destination[..plaintext.Length], destination.Slice(plaintext.Length, TagBytes), _associatedData);
        }

        public int Open(ReadOnlySpan<byte> chunk, Span<byte> plaintext, bool isLast)
        {
            if (chunk.Length < TagBytes) throw new SealingException("The sealed stream was cut off.");
            NextNonce(isLast);
            var bytes = chunk.Length - TagBytes;
            try
            {
                _aes.Decrypt(_nonce, chunk[..bytes], chunk[bytes..], plaintext[..bytes], _associatedData);
                return bytes;
            }
            catch (AuthenticationTagMismatchException)
            {
                throw new SealingException("The sealed stream was not sealed to this key for this purpose, or was changed or cut off.");
            }
        }

        public void Dispose() => _aes.Dispose();

        private void NextNonce(bool isLast)
        {
            BinaryPrimitives.WriteUInt32BigEndian(_nonce.AsSpan(PrefixBytes), _counter);
            _nonce[NonceBytes - 1] = isLast ? (byte)1 : (byte)0;
            _counter = checked(_counter + 1);
        }
    }
}
