namespace Grid.Matching;

/// <summary>Where the changes of the regions' indexes are kept: they rebuild an index after a crash, and prove for 30 days what a match
/// saw.</summary>
public interface IOfferJournal
{
    /// <summary>A region's index as the newest snapshot and the changes after it give it.</summary>
    /// <returns>Null where nothing is kept of the region.</returns>
    Task<OfferIndex?> Restore(string region);

    /// <summary>Durable when it returns.</summary>
    /// <param name="batch">Of <see cref="DeltaBatch"/>, following the last one.</param>
    Task Append(string region, ReadOnlyMemory<byte> batch);
}

/// <summary>Keeps nothing: every provider is asked again after a crash, and no match can be recomputed from its index.</summary>
public sealed class ForgottenOffers : IOfferJournal
{
    public Task<OfferIndex?> Restore(string region) => Task.FromResult<OfferIndex?>(null);

    public Task Append(string region, ReadOnlyMemory<byte> batch) => Task.CompletedTask;
}
