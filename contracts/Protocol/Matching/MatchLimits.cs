namespace Grid.Protocol.Matching;

/// <summary>Bounds of one match.</summary>
public static class MatchLimits
{
    /// <summary>K₀: how many best candidates the noise ranks and the record shows.</summary>
    public const int MaxCandidates = 64;

    /// <summary>K: how many of them are asked for a live bid.</summary>
    public const int MaxBids = 16;

    public const int MaxRecordBytes = 8192;
}
