namespace Grid.Node.Hosting;

internal static class Limits
{
    /// <summary>An offer and a sealing key are signed anew on every link; a link that lives longer than this dials again.</summary>
    public const long OfferLifetimeMs = 30L * 24 * 60 * 60 * 1000;

    public const int StopTimeoutMs = 10_000;
}
