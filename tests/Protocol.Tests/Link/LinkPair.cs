using Grid.Protocol.Link;

namespace Grid.Tests.Protocol.Link;

/// <summary>Both ends of a link in one process.</summary>
internal sealed class LinkPair(LinkConnection node, LinkConnection operatorSide) : IAsyncDisposable
{
    /// <summary>Far more than any test needs; a test that waits for it has failed.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public LinkConnection Node { get; } = node;

    public LinkConnection Operator { get; } = operatorSide;

    public static async Task<LinkPair> ConnectAsync(Func<IFramePipe, IFramePipe>? wrapNode = null)
    {
        var (left, right) = InMemoryFramePipe.CreatePair();
        var accepting = LinkConnection.AcceptAsync(right, Keys.Operator, TimeProvider.System);
        var node = await LinkConnection.ConnectAsync(wrapNode?.Invoke(left) ?? left, Keys.Node, Keys.Operator.Address, TimeProvider.System);
        return new LinkPair(node, await accepting);
    }

    /// <summary>The operator opens, the node accepts.</summary>
    public async Task<(LinkStream Operator, LinkStream Node)> OpenStreamAsync(Grid.Protocol.Link.Messages.StreamPurpose purpose)
    {
        var opened = Operator.OpenStream(purpose);
        return (opened, await FirstAsync(Node.AcceptStreamsAsync()));
    }

    public static async Task<T> FirstAsync<T>(IAsyncEnumerable<T> items)
    {
        using var patience = new CancellationTokenSource(Deadline);
        await foreach (var item in items.WithCancellation(patience.Token)) return item;
        throw new InvalidOperationException("The link closed before anything came.");
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await Operator.DisposeAsync();
    }
}
