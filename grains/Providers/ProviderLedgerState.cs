using System.Text.Json.Serialization;

namespace Grid.Providers;

/// <summary>
/// What of a provider's slice is promised: a row of its own beside <see cref="ProviderState"/>, since each order writes it twice and
/// its terms never.
/// </summary>
public sealed record ProviderLedgerState
{
    [JsonConverter(typeof(PackedLedgerJsonConverter))]
    public CapacityLedger Ledger { get; init => field = value ?? new(); } = new();
}
