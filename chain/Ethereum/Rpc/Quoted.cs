namespace Grid.Chain.Ethereum.Rpc;

/// <summary>A server's words in our errors: short, and on one line.</summary>
internal static class Quoted
{
    public static string Of(string? text)
    {
        if (text is null) return "no words";
        var cut = text.Length <= Limits.MaxQuotedChars ? text : string.Concat(text.AsSpan(0, Limits.MaxQuotedChars), "…");
        return string.Create(cut.Length, cut, static (span, value) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(value[i]) ? ' ' : value[i];
        });
    }
}
