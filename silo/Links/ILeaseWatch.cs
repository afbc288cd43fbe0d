using Grid.Protocol;

namespace Grid.Silo.Links;

/// <summary>Hears from the sessions which leases run at their nodes. The same is told again and again; nothing is told for sure.</summary>
internal interface ILeaseWatch
{
    void IsOpen(LeaseId lease, ProviderId provider);

    void HasEnded(LeaseId lease);
}
