using Grid.Protocol;
using Grid.Providers;

namespace Grid.Silo.Links;

/// <summary>The grains' way down to one session's node. Everything here only leaves word; the session's own work does the rest.</summary>
internal sealed class NodeLink(NodeSession session) : INodeLink
{
    public Task Propose(LeaseProposal proposal)
    {
        session.WantProposal(proposal);
        return Task.CompletedTask;
    }

    public Task LeaseChanged(LeaseId lease)
    {
        session.WantReport(lease);
        return Task.CompletedTask;
    }

    public Task Release(LeaseId lease)
    {
        session.WantRelease(lease);
        return Task.CompletedTask;
    }

    public Task Superseded(long epoch)
    {
        session.Supersede();
        return Task.CompletedTask;
    }
}
