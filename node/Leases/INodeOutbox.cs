using Grid.Chain.Crypto;
using Grid.Protocol.Link.Messages;

namespace Grid.Node.Leases;

/// <summary>What is posted to operators. Nothing waits for the network: without a link a message is dropped, since the next link begins with all that matters.</summary>
public interface INodeOutbox
{
    void Post(Address @operator, ControlMessage message);
}
