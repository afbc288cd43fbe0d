using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Eras;

/// <summary>All that one operator saw of an era, as it publishes it: anybody recomputes the era's leaves from a quorum of these.</summary>
/// <param name="Up">The slots that it vouches for, a bit each.</param>
/// <param name="Reveal">Its secret of this era, which its challenges were timed by.</param>
/// <param name="Commitment">To its secret of the era after the next one.</param>
/// <param name="Providers">Ascending by provider, each once.</param>
public sealed record ObservationBook(
    ulong Era, Address Operator, ulong Up, Hash256 Reveal, Hash256 Commitment, ImmutableArray<ProviderObservation> Providers)
{
    /// <returns>Null where the operator knows nothing of the provider.</returns>
    public ProviderObservation? Find(ProviderId provider)
    {
        var (low, high) = (0, Providers.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Providers[middle].Provider.CompareTo(provider);
            if (order == 0) return Providers[middle];
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return null;
    }
}
