using Grid.Node.Challenges;
using Grid.Node.Inventory;
using Grid.Node.Leases;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;
using Orleans;

namespace Grid.Node.Hosting;

/// <summary>The signed offer that every link begins with.</summary>
internal sealed class NodeOffer(NodeIdentity identity, OfferTerms terms, IBootClock clock, IGrainFactory grains, ChallengeWork challenges, TimeProvider time)
{
    private static readonly string s_version = typeof(NodeOffer).Assembly.GetName().Version?.ToString(3) ?? "0";

    public async Task<Hello> HelloAsync(IReadOnlyList<BoundLease> leases, BoundElsewhere elsewhere)
    {
        var hash = OfferTermsHash.Of(terms);
        var version = await grains.GetGrain<INodeGrain>(INodeGrain.Key).Offer(hash);
        var expiry = time.GetUtcNow().AddMilliseconds(Limits.OfferLifetimeMs).ToUnixTimeSeconds();
        var offer = new Offer(identity.Provider, terms.Owner, hash, version, expiry).Sign(identity.Key, identity.Domain);
        var sealing = PublishedSealingKey.Publish(identity.Sealing.PublicKey, identity.Key, expiry, identity.Domain);
        return new Hello(offer, terms, sealing, null, clock.BootId, s_version, leases, elsewhere, challenges.MaxMemoryMib);
    }
}
