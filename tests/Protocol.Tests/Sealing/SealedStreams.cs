using System.Buffers.Binary;
using System.Security.Cryptography;
using Grid.Protocol;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;
using Grid.Tests.Protocol.Vectors;
using Limits = Grid.Protocol.Sealing.Limits;

namespace Grid.Tests.Protocol.Sealing;

public sealed class SealedStreams
{
    private const int HeaderBytes = 73;
    private const int SealedChunkBytes = Limits.ChunkBytes + 16;
    private static readonly SealingContext s_context = SealingContext.Artifact(new LeaseId(GoldenVectors.Hash(GoldenVectors.Root.GetProperty("ids"), "lease")), "train", "model");

    [Fact]
    public async Task A_stream_of_a_second_implementation_opens()
    {
        var vector = GoldenVectors.Root.GetProperty("sealing");
        using var key = SealingKeyPair.ImportPkcs8(GoldenVectors.Bytes(vector.GetProperty("recipientPkcs8")));
        var plaintext = Enumerable.Range(0, Limits.ChunkBytes + 100).Select(i => (byte)(i * 7 % 251)).ToArray();
        var sample = SealByHand(vector, plaintext);

        Assert.Equal(GoldenVectors.Hash(vector, "streamSha256"), ContentHash.Of(sample));
        Assert.Equal(GoldenVectors.Hash(vector, "streamPlaintextSha256"), ContentHash.Of(await OpenAsync(key, sample)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Limits.ChunkBytes - 1)]
    [InlineData(Limits.ChunkBytes)]
    [InlineData(Limits.ChunkBytes + 1)]
    [InlineData(3 * Limits.ChunkBytes)]
    public async Task Any_length_opens_again(int sizeBytes)
    {
        using var key = SealingKeyPair.Generate();
        var plaintext = Random(sizeBytes);
        var sealedBytes = await SealAsync(key, plaintext);

        Assert.Equal(SealedStream.SealedLength(sizeBytes), sealedBytes.Length);
        Assert.Equal(ContentHash.Of(plaintext), ContentHash.Of(await OpenAsync(key, sealedBytes)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(HeaderBytes - 1)]
    [InlineData(HeaderBytes)]
    [InlineData(HeaderBytes + 20)]
    [InlineData(HeaderBytes + SealedChunkBytes)]
    [InlineData(HeaderBytes + 2 * SealedChunkBytes)]
    [InlineData(HeaderBytes + 2 * SealedChunkBytes + 1)]
    public async Task A_stream_cut_off_anywhere_does_not_open(int keptBytes)
    {
        using var key = SealingKeyPair.Generate();
        var sealedBytes = await SealAsync(key, Random(2 * Limits.ChunkBytes + 500));

        await Assert.ThrowsAsync<SealingException>(() => OpenAsync(key, sealedBytes[..keptBytes]));
    }

    [Fact]
    public async Task Chunks_can_be_neither_swapped_nor_repeated_nor_dropped_nor_added()
    {
        using var key = SealingKeyPair.Generate();
        var sealedBytes = await SealAsync(key, Random(3 * Limits.ChunkBytes));
        byte[] header = sealedBytes[..HeaderBytes], first = Chunk(sealedBytes, 0), second = Chunk(sealedBytes, 1), third = Chunk(sealedBytes, 2);
        byte[][] forgeries =
        [
            [.. header, .. second, .. first, .. third],
            [.. header, .. first, .. first, .. third],
            [.. header, .. first, .. third],
            [.. header, .. first, .. second, .. third, .. third],
            [.. sealedBytes, 0],
        ];

        foreach (var forgery in forgeries) await Assert.ThrowsAsync<SealingException>(() => OpenAsync(key, forgery));
    }

    [Fact]
    public async Task More_than_was_allowed_is_refused()
    {
        using var key = SealingKeyPair.Generate();
        var sealedBytes = await SealAsync(key, Random(1000));

        await Assert.ThrowsAsync<SealingException>(() => OpenAsync(key, sealedBytes, maxBytes: 999));
    }

    [Fact]
    public async Task A_stream_cannot_be_moved_to_another_artifact()
    {
        using var key = SealingKeyPair.Generate();
        using var source = new MemoryStream(await SealAsync(key, Random(10)));

        await Assert.ThrowsAsync<SealingException>(() => SealedStream.OpenAsync(key, source, Stream.Null, s_context with { Name = "train/other" }, 100, default));
    }

    private static byte[] Chunk(byte[] sealedBytes, int index) => sealedBytes.AsSpan(HeaderBytes + index * SealedChunkBytes, SealedChunkBytes).ToArray();

    private static byte[] Random(int sizeBytes)
    {
        var bytes = new byte[sizeBytes];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    private static async Task<byte[]> SealAsync(SealingKeyPair key, byte[] plaintext)
    {
        using var destination = new MemoryStream();
        Assert.Equal(plaintext.Length, await SealedStream.SealAsync(key.PublicKey, new MemoryStream(plaintext), destination, s_context, default));
        return destination.ToArray();
    }

    private static async Task<byte[]> OpenAsync(SealingKeyPair key, byte[] sealedBytes, long maxBytes = 1 << 20)
    {
        using var destination = new MemoryStream();
        await SealedStream.OpenAsync(key, new MemoryStream(sealedBytes), destination, s_context, maxBytes, default);
        return destination.ToArray();
    }

    /// <summary>The vector's stream, from its fixed ephemeral key: 64 KiB of it are not worth committing.</summary>
    private static byte[] SealByHand(System.Text.Json.JsonElement vector, byte[] plaintext)
    {
        using var ephemeral = ECDiffieHellman.Create();
        ephemeral.ImportPkcs8PrivateKey(GoldenVectors.Bytes(vector.GetProperty("ephemeralPkcs8")), out _);
        using var recipient = ECDiffieHellman.Create();
        recipient.ImportPkcs8PrivateKey(GoldenVectors.Bytes(vector.GetProperty("recipientPkcs8")), out _);
        var point = ephemeral.ExportParameters(false).Q;
        byte[] publicKey = [4, .. point.X!, .. point.Y!];
        byte[] salt = [.. publicKey, .. GoldenVectors.Bytes(vector.GetProperty("recipientPublicKey"))];
        var shared = ephemeral.DeriveRawSecretAgreement(recipient.PublicKey);
        using var aes = new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, salt, "grid sealed stream v1"u8.ToArray()), 16);

        byte[] associated = [0x11, 5, .. s_context.Id.ToByteArray(), .. "train/model"u8];
        var output = new List<byte> { 0x11 };
        output.AddRange(publicKey);
        output.AddRange([0, 1, 2, 3, 4, 5, 6]);
        var chunks = plaintext.Chunk(Limits.ChunkBytes).ToArray();
        for (var i = 0; i < chunks.Length; i++)
        {
            var nonce = new byte[] { 0, 1, 2, 3, 4, 5, 6, 0, 0, 0, 0, (byte)(i == chunks.Length - 1 ? 1 : 0) };
            BinaryPrimitives.WriteInt32BigEndian(nonce.AsSpan(7), i);
            var ciphertext = new byte[chunks[i].Length];
            var tag = new byte[16];
            aes.Encrypt(nonce, chunks[i], ciphertext, tag, associated);
            output.AddRange(ciphertext);
            output.AddRange(tag);
        }
        return [.. output];
    }
}
