namespace Grid.Protocol.Manifests;

internal static class Quoted
{
    private const int LongestShown = 60;

    /// <summary>What a file says, fit for a message: short, on one line, between backticks.</summary>
    public static string Of(string text)
    {
        var shown = text.Length <= LongestShown ? text : text[..LongestShown] + "…";
        return "`" + string.Create(shown.Length, shown, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) || from[i] is '\u2028' or '\u2029' ? '?' : from[i];
        }) + "`";
    }
}
