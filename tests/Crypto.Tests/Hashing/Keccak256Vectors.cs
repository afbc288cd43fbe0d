using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;

namespace Grid.Tests.Crypto.Hashing;

public sealed class Keccak256Vectors
{
    [Theory]
    [InlineData("", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("The quick brown fox jumps over the lazy dog", "0x4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15")]
    [InlineData("The quick brown fox jumps over the lazy dog.", "0x578951e24efd62a3d63a86f7cd19aaa53c898fe287d2552133220370240b572d")]
    public void Published_texts_hash_as_published(string text, string expected) =>
        Assert.Equal(Hash256.Parse(expected), Keccak256.Hash(Encoding.UTF8.GetBytes(text)));

    /// <summary>Longer than any buffer inside.</summary>
    [Fact]
    public void A_million_letters_hash_as_published()
    {
        var letters = new byte[1_000_000];
        Array.Fill(letters, (byte)'a');

        Assert.Equal(Hash256.Parse("0xfadae6b49f129bbb812be8407b7b2894f34aecf6dbd1f9b0f0c7e9853098fc96"), Keccak256.Hash(letters));
    }

    [Fact]
    public void Two_pieces_hash_as_their_concatenation() =>
        Prop.ForAll<byte[], byte[]>((first, second) => Keccak256.Hash(first, second) == Keccak256.Hash([.. first, .. second]))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Hashing_allocates_nothing()
    {
        var data = new byte[64];
        Keccak256.Hash(data);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++) Keccak256.Hash(data);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
