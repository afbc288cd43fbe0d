namespace Grid.Matching;

/// <summary>Bounds of the matchmaker; those of one match are in <see cref="Grid.Protocol.Matching.MatchLimits"/>.</summary>
public static class Limits
{
    /// <summary>Listings (provider × GPU model) in one region's index.</summary>
    public const int MaxListings = 4_000_000;

    /// <summary>The columns of so many stay in the processor's second cache; of more, the next chunk is called near while one is read.</summary>
    public const int ListingsNearby = 32_768;

    /// <summary>Orders that one pass over an index serves; the rest wait for the next.</summary>
    public const int MatchesInOnePass = 32;

    /// <summary>Texts, lists and alternatives that one requirement may hold.</summary>
    public const int MaxRequirementEntries = 256;
}
