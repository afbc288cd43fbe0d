using System.Globalization;

namespace Grid.Runtime.Storage;

/// <summary>What became of a change that named the version it was made on.</summary>
/// <param name="Conflicted">Another version is stored, so nothing was changed.</param>
/// <param name="Stored">What is stored now; null when there is no row.</param>
internal readonly record struct RowOutcome(bool Conflicted, StateTag? Stored)
{
    public static RowOutcome Done(StateTag? stored) => new(false, stored);

    public static RowOutcome Conflict(StateTag? stored) => new(true, stored);
}

/// <summary>
/// A state row's number and version. Its ETag is both, so that a change finds its row by the number, without a look at the index of
/// grains' names.
/// </summary>
internal readonly record struct StateTag(long Id, long Version)
{
    /// <summary>No row ever has this one, so an ETag from elsewhere conflicts with every row.</summary>
    private static readonly StateTag Foreign = new(-1, -1);

    public static string? Text(StateTag? tag) => tag is { } row ? string.Create(CultureInfo.InvariantCulture, $"{row.Id}.{row.Version}") : null;

    public static StateTag? Of(string? etag)
    {
        if (string.IsNullOrEmpty(etag)) return null;
        var point = etag.IndexOf('.', StringComparison.Ordinal);
        return point > 0 && IsNumber(etag.AsSpan(0, point), out var id) && IsNumber(etag.AsSpan(point + 1), out var version) ? new StateTag(id, version) : Foreign;
    }

    private static bool IsNumber(ReadOnlySpan<char> text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

/// <summary>Versions of reminders are ETags as decimal text. They only grow, over the whole store, so that a row written anew after a clear never repeats one.</summary>
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
