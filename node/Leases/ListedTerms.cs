using Grid.Protocol.Offers;

namespace Grid.Node.Leases;

/// <summary>What this node lists: as it was started, and as its owner has changed it since.</summary>
public sealed class ListedTerms(OfferTerms started)
{
    private volatile OfferTerms? _changed;

    public OfferTerms Started => started;

    /// <summary>What offers are signed over and proposals are judged by.</summary>
    public OfferTerms Now
    {
        get => _changed ?? started;
        set => _changed = value;
    }
}
