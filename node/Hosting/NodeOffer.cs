using Grid.Node.Challenges;
using Grid.Node.Inventory;
using Grid.Node.Leases;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;
using Orleans;

namespace Grid.Node.Hosting;

/// <summary>The signed offer that every link begins with, and its later versions.</summary>
internal sealed class NodeOffer(
    NodeIdentity identity, ListedTerms listed, IBootClock clock, IGrainFactory grains, ChallengeWork challenges, TimeProvider time)
        : IDisposable
{
    private static readonly string s_version = typeof(NodeOffer).Assembly.GetName().Version?.ToString(3) ?? "0";

    // One version at a time: what is listed later has the higher one.
    private readonly SemaphoreSlim _signing = new(1, 1);

    public async Task<Hello> HelloAsync(IReadOnlyList<BoundLease> leases, BoundElsewhere elsewhere)
    {
        var (offer, terms) = await SignedAsync();
        var sealing = PublishedSealingKey.Publish(identity.Sealing.PublicKey, identity.Key, offer.Value.ExpiryUnixSeconds, identity.Domain);
        return new Hello(offer, terms, sealing, null, clock.BootId, s_version, leases, elsewhere, challenges.MaxMemoryMib);
    }

    /// <summary>What is listed now, for links that stand.</summary>
    public async Task<OfferChanged> ChangedAsync()
    {
        var (offer, terms) = await SignedAsync();
        return new OfferChanged(offer, terms);
    }

    public void Dispose() => _signing.Dispose();

    private async Task<(Signed<Offer> Offer, OfferTerms Terms)> SignedAsync()
    {
        await _signing.WaitAsync();
        try
        {
            var terms = listed.Now;
            var hash = OfferTermsHash.Of(terms);
            var version = await grains.GetGrain<INodeGrain>(INodeGrain.Key).Offer(hash);
            var expiry = time.GetUtcNow().AddMilliseconds(Limits.OfferLifetimeMs).ToUnixTimeSeconds();
            return (new Offer(identity.Provider, terms.Owner, hash, version, expiry).Sign(identity.Key, identity.Domain), terms);
        }
        finally
        {
            _signing.Release();
        }
    }
}
