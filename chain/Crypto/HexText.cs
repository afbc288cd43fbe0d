using System.Buffers;

namespace Grid.Chain.Crypto;

/// <summary>Hex as Ethereum writes it: <c>0x</c> and two digits a byte.</summary>
public static class HexText
{
    /// <summary>Fills <paramref name="destination"/> exactly; the prefix <c>0x</c> is required.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination)
    {
        if (text.Length != 2 + destination.Length * 2 || text[0] != '0' || text[1] is not ('x' or 'X')) return false;
        return Convert.FromHexString(text[2..], destination, out _, out var written) == OperationStatus.Done && written == destination.Length;
    }

    /// <summary>In UTF-8.</summary>
    /// <returns>False where the destination is too small.</returns>
    public static bool TryEncode(ReadOnlySpan<byte> bytes, Span<byte> utf8Destination, out int bytesWritten)
    {
        bytesWritten = 2 + bytes.Length * 2;
        if (utf8Destination.Length < bytesWritten)
        {
            bytesWritten = 0;
            return false;
        }

        "0x"u8.CopyTo(utf8Destination);
        return Convert.TryToHexStringLower(bytes, utf8Destination[2..], out _);
    }

    public static string Encode(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);
}
