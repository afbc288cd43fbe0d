using Grid.Chain.Crypto;
using Grid.Protocol.Eras;

namespace Grid.Eras;

/// <summary>Books and records from the era files; null where they are missing or are none.</summary>
internal static class EraFilesReading
{
    public static async Task<EraRecord?> FindRecordAsync(this IEraFiles files, Hash256 hash) =>
        !hash.IsZero && await files.FindAsync(hash) is { } bytes && EraRecordCodec.TryDecode(bytes, out var record, out _) ? record : null;

    public static async Task<ObservationBook?> FindBookAsync(this IEraFiles files, Hash256 hash) =>
        await files.FindAsync(hash) is { } bytes && ObservationBookCodec.TryDecode(bytes, out var book, out _) ? book : null;
}
