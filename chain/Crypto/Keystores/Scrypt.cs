using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Grid.Chain.Crypto.Keystores;

/// <summary>
/// scrypt (RFC 7914). BouncyCastle's refuses r = 1 with n ≥ 65536, as the RFC asks, but keystores with it exist:
/// the published vector of the Web3 Secret Storage definition is one.
/// </summary>
internal static class Scrypt
{
    private const int SalsaWords = 16;

    /// <param name="n">A power of two above 1.</param>
    public static void Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int n, int r, int p, Span<byte> key)
    {
        var blockWords = 2 * SalsaWords * r;
        var blocks = new byte[p * blockWords * sizeof(uint)];
        var table = GC.AllocateUninitializedArray<uint>(n * blockWords);
        var scratch = new uint[2 * blockWords];
        try
        {
            Rfc2898DeriveBytes.Pbkdf2(password, salt, blocks, iterations: 1, HashAlgorithmName.SHA256);
            var words = MemoryMarshal.Cast<byte, uint>(blocks.AsSpan());
            SwapOnBigEndian(words);
            for (var i = 0; i < p; i++) MixThroughTable(words.Slice(i * blockWords, blockWords), table, scratch, n);
            SwapOnBigEndian(words);
            Rfc2898DeriveBytes.Pbkdf2(password, blocks, key, iterations: 1, HashAlgorithmName.SHA256);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(blocks);
            Array.Clear(table);
            Array.Clear(scratch);
        }
    }

    /// <summary>scryptROMix, section 5.</summary>
    private static void MixThroughTable(Span<uint> block, Span<uint> table, Span<uint> scratch, int n)
    {
        var x = scratch[..block.Length];
        var y = scratch[block.Length..];
        block.CopyTo(x);
        for (var i = 0; i < n; i++)
        {
            x.CopyTo(table[(i * block.Length)..]);
            MixBlock(x, y);
            Swap(ref x, ref y);
        }

        for (var i = 0; i < n; i++)
        {
            var j = (int)(x[^SalsaWords] & (uint)(n - 1));
            XorInto(x, table.Slice(j * block.Length, block.Length));
            MixBlock(x, y);
            Swap(ref x, ref y);
        }

        x.CopyTo(block);
    }

    /// <summary>scryptBlockMix, section 4: even blocks go to the first half of the output, odd ones to the second.</summary>
    private static void MixBlock(ReadOnlySpan<uint> input, Span<uint> output)
    {
        Span<uint> x = stackalloc uint[SalsaWords];
        input[^SalsaWords..].CopyTo(x);
        var count = input.Length / SalsaWords;
        for (var i = 0; i < count; i++)
        {
            XorInto(x, input.Slice(i * SalsaWords, SalsaWords));
            Salsa20Over8(x);
            x.CopyTo(output[((i / 2 + (i % 2) * (count / 2)) * SalsaWords)..]);
        }
    }

    /// <summary>Salsa20/8 core, section 3.</summary>
    private static void Salsa20Over8(Span<uint> b)
    {
        uint x0 = b[0], x1 = b[1], x2 = b[2], x3 = b[3], x4 = b[4], x5 = b[5], x6 = b[6], x7 = b[7];
        uint x8 = b[8], x9 = b[9], x10 = b[10], x11 = b[11], x12 = b[12], x13 = b[13], x14 = b[14], x15 = b[15];
        for (var round = 0; round < 8; round += 2)
        {
            QuarterRound(ref x0, ref x4, ref x8, ref x12);
            QuarterRound(ref x5, ref x9, ref x13, ref x1);
            QuarterRound(ref x10, ref x14, ref x2, ref x6);
            QuarterRound(ref x15, ref x3, ref x7, ref x11);
            QuarterRound(ref x0, ref x1, ref x2, ref x3);
            QuarterRound(ref x5, ref x6, ref x7, ref x4);
            QuarterRound(ref x10, ref x11, ref x8, ref x9);
            QuarterRound(ref x15, ref x12, ref x13, ref x14);
        }

        b[0] += x0; b[1] += x1; b[2] += x2; b[3] += x3; b[4] += x4; b[5] += x5; b[6] += x6; b[7] += x7;
        b[8] += x8; b[9] += x9; b[10] += x10; b[11] += x11; b[12] += x12; b[13] += x13; b[14] += x14; b[15] += x15;
    }

    private static void QuarterRound(ref uint a, ref uint b, ref uint c, ref uint d)
    {
        b ^= BitOperations.RotateLeft(a + d, 7);
        c ^= BitOperations.RotateLeft(b + a, 9);
        d ^= BitOperations.RotateLeft(c + b, 13);
        a ^= BitOperations.RotateLeft(d + c, 18);
    }

    private static void XorInto(Span<uint> target, ReadOnlySpan<uint> other)
    {
        var wideTarget = MemoryMarshal.Cast<uint, Vector<uint>>(target);
        var wideOther = MemoryMarshal.Cast<uint, Vector<uint>>(other);
        for (var i = 0; i < wideTarget.Length; i++) wideTarget[i] ^= wideOther[i];
    }

    private static void Swap(ref Span<uint> x, ref Span<uint> y)
    {
        var old = x;
        x = y;
        y = old;
    }

    private static void SwapOnBigEndian(Span<uint> words)
    {
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(words, words);
    }
}
