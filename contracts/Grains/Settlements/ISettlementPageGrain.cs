using Orleans;
using Orleans.Concurrency;

namespace Grid.Settlements;

/// <summary>A row of a batch's leaves. Key: <c>batch/page</c>.</summary>
[Alias("Grid.Settlements.ISettlementPageGrain")]
public interface ISettlementPageGrain : IGrainWithStringKey
{
    /// <summary>Durable when it returns.</summary>
    [Alias("Store")]
    Task Store(SettlementPart part);

    /// <returns>Null where nothing is stored.</returns>
    // A pure read of acknowledged state.
    [AlwaysInterleave]
    [Alias("Get")]
    Task<SettlementPart?> Get();

    /// <returns>False where nothing was stored.</returns>
    [Alias("Discard")]
    Task<bool> Discard();
}
