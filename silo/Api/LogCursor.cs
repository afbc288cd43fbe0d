using System.Globalization;

namespace Grid.Silo.Api;

/// <summary>How far a client has read the logs of a lease: <c>service/ordinal:offset;…</c>, which is each event's id, so that a client comes back with the last one.</summary>
internal sealed class LogCursor
{
    private const int MaxLength = 16 * 1024;

    private readonly SortedDictionary<string, long> _offsets = new(StringComparer.Ordinal);

    public long this[string service, uint ordinal]
    {
        get => _offsets.GetValueOrDefault(Key(service, ordinal));
        set => _offsets[Key(service, ordinal)] = value;
    }

    /// <returns>Null where the text is none.</returns>
    public static LogCursor? Parse(string text)
    {
        var cursor = new LogCursor();
        if (text.Length > MaxLength) return null;
        foreach (var entry in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = entry.LastIndexOf(':');
            if (at <= 0 || !long.TryParse(entry.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)) return null;
            cursor._offsets[entry[..at]] = offset;
        }

        return cursor;
    }

    public override string ToString() => string.Join(';', _offsets.Select(static entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key}:{entry.Value}")));

    private static string Key(string service, uint ordinal) => string.Create(CultureInfo.InvariantCulture, $"{service}/{ordinal}");
}
