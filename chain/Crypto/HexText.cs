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

    public static string Encode(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);
}
