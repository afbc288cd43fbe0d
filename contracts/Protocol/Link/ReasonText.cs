using System.Text;

namespace Grid.Protocol.Link;

/// <summary>Reasons on the wire: bounded both ways, and without control characters once they are read, since they end in logs and consoles.</summary>
internal static class ReasonText
{
    public static byte[] Encode(string reason)
    {
        var bytes = Encoding.UTF8.GetBytes(reason);
        return bytes.Length <= Limits.MaxReasonBytes ? bytes : bytes[..Limits.MaxReasonBytes];
    }

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var bounded = bytes.Length <= Limits.MaxReasonBytes ? bytes : bytes[..Limits.MaxReasonBytes];
        return string.Concat(Encoding.UTF8.GetString(bounded).Select(character => char.IsControl(character) ? ' ' : character));
    }
}
