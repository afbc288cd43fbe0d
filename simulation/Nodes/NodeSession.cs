using Grid.Protocol;
using Grid.Providers;

namespace Grid.Simulation;

/// <summary>The operator's end of one link: what grains post to it travels to the node, as long as the link stands.</summary>
internal sealed class NodeSession(SimulatedNode node) : INodeLink
{
    public INodeLink? Reference { get; set; }

    public long Epoch { get; set; }

    public bool IsOpen { get; set; } = true;

    public Task Propose(LeaseProposal proposal) => node.Wire.Down(this, () => node.Consider(this, proposal));

    public Task LeaseChanged(LeaseId lease) => node.Wire.DownAsHint(this, () => node.Exchange(lease));

    public Task Release(LeaseId lease) => node.Wire.Down(this, () => node.Released(lease));

    public Task Superseded(long epoch)
    {
        if (epoch > Epoch && Epoch > 0) node.LinkLost(this);
        return Task.CompletedTask;
    }
}
