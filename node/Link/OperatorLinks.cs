using Grid.Chain.Crypto;
using Grid.Node.Leases;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;
using Microsoft.Extensions.Hosting;

namespace Grid.Node.Link;

/// <summary>One link for each operator, dialled out again for ever.</summary>
internal sealed class OperatorLinks(IReadOnlyList<OperatorEndpoint> operators, Func<OperatorEndpoint, OperatorLink> open) : BackgroundService, INodeOutbox
{
    private readonly SortedDictionary<Address, OperatorLink> _links =
        new(operators.ToDictionary(static endpoint => endpoint.Address, open));

    public IEnumerable<OperatorLink> All => _links.Values;

    public void Post(Address @operator, ControlMessage message)
    {
        if (_links.TryGetValue(@operator, out var link)) link.Post(message);
    }

    /// <summary>On every link that is up; the others begin with it.</summary>
    public void PostToAll(ControlMessage message)
    {
        foreach (var link in _links.Values) link.Post(message);
    }

    /// <exception cref="LinkDownException">There is no link to this operator now.</exception>
    public LinkStream OpenStream(Address @operator, StreamPurpose purpose) => _links.TryGetValue(@operator, out var link)
        ? link.OpenStream(purpose)
        : throw new LinkDownException(@operator);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_links.Values.Select(link => link.RunAsync(stoppingToken)));
}
