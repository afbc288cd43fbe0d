using System.Globalization;

namespace Grid.Runtime.Storage;

/// <summary>What became of a change that named the version it was made on.</summary>
/// <param name="Conflicted">Another version is stored, so nothing was changed.</param>
/// <param name="StoredVersion">The version stored now; null when there is no row.</param>
internal readonly record struct RowOutcome(bool Conflicted, long? StoredVersion)
{
    public static RowOutcome Done(long? version) => new(false, version);

    public static RowOutcome Conflict(long? stored) => new(true, stored);
}

/// <summary>Versions are ETags as decimal text. They only grow, over the whole store, so that a row written anew after a clear never repeats one.</summary>
internal static class ETag
{
    /// <summary>No row ever has this version, so an ETag from elsewhere conflicts with every row.</summary>
    private const long Foreign = -1;

    public static string? Text(long? version) => version?.ToString(CultureInfo.InvariantCulture);

    public static long? Version(string? etag) => etag switch
    {
        null or "" => null,
        _ when long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) => version,
        _ => Foreign,
    };
}
