using Grid.Protocol.Offers;

namespace Grid.CommandLine.Audits;

/// <summary>An attribute as it is written on a command line: <c>KEY=VALUE</c>.</summary>
internal static class AttributeText
{
    /// <param name="text">Checked before.</param>
    public static OfferAttribute Parse(string text)
    {
        var at = text.IndexOf('=');
        return new OfferAttribute(text[..at], text[(at + 1)..]);
    }
}
