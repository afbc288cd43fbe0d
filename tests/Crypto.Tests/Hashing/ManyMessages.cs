using Grid.Chain.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace Grid.Tests.Crypto.Hashing;

public sealed class ManyMessages
{
    /// <summary>Around every edge of a block of 136 bytes, and counts around every width of a register.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(135)]
    [InlineData(136)]
    [InlineData(137)]
    [InlineData(256)]
    [InlineData(272)]
    public void Hashed_side_by_side_are_hashed_as_one_by_one(int messageBytes)
    {
        foreach (var count in (int[])[0, 1, 3, 4, 7, 8, 9, 16, 23])
        {
            var messages = Bytes(count * messageBytes);
            var hashes = new byte[count * Hash256.SizeBytes];

            Keccak256.HashMany(messages, messageBytes, hashes);

            for (var i = 0; i < count; i++)
            {
                var expected = Keccak256.Hash(messages.AsSpan(i * messageBytes, messageBytes));
                Assert.Equal(expected, new Hash256(hashes.AsSpan(i * Hash256.SizeBytes, Hash256.SizeBytes)));
            }
        }
    }

    [Fact]
    public void Every_length_up_to_three_blocks_hashes_as_another_library_hashes_it()
    {
        for (var length = 0; length < 3 * 136 + 2; length++)
        {
            var message = Bytes(length);
            var digest = new KeccakDigest(256);
            digest.BlockUpdate(message, 0, length);
            var expected = new byte[Hash256.SizeBytes];
            digest.DoFinal(expected, 0);

            Assert.Equal(new Hash256(expected), Keccak256.Hash(message));
            Assert.Equal(new Hash256(expected), Keccak256.Hash(message.AsSpan(0, length / 3), message.AsSpan(length / 3)));
        }
    }

    [Fact]
    public void Hashing_side_by_side_allocates_nothing()
    {
        var messages = Bytes(64 * 64);
        var hashes = new byte[64 * Hash256.SizeBytes];
        Keccak256.HashMany(messages, 64, hashes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 10; i++) Keccak256.HashMany(messages, 64, hashes);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Keccak256.HashMany(new byte[65], 64, new byte[32]));
        Assert.Throws<ArgumentException>(() => Keccak256.HashMany(new byte[64], 64, new byte[31]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keccak256.HashMany(new byte[64], 0, new byte[32]));
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) bytes[i] = (byte)(i * 167 + i / 251);
        return bytes;
    }
}
