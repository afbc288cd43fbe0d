using Grid.Chain.Crypto;

namespace Grid.Tests.Ethereum;

internal static class Hex
{
    public static byte[] Bytes(string text) => Convert.FromHexString(text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text);

    public static string Text(ReadOnlyMemory<byte> bytes) => HexText.Encode(bytes.Span);
}
