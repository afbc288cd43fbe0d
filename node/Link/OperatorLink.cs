using System.Net.WebSockets;
using System.Threading.Channels;
using Grid.Node.Hosting;
using Grid.Node.Leases;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Sealing;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Grid.Node.Link;

/// <summary>The node's end of its link to one operator: dials, says hello, carries messages both ways, serves streams.</summary>
internal sealed partial class OperatorLink(
    OperatorEndpoint endpoint,
    NodeIdentity identity,
    NodeOffer offer,
    SecretVault vault,
    LinkStreamServer streams,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<OperatorLink> log)
{
    private volatile LinkConnection? _connection;
    private volatile Channel<ControlMessage>? _outbox;

    public OperatorEndpoint Endpoint => endpoint;

    public bool IsUp { get; private set; }

    public long Epoch { get; private set; }

    private INodeGrain Ledger => grains.GetGrain<INodeGrain>(INodeGrain.Key);

    public void Post(ControlMessage message)
    {
        if (_outbox is { } outbox && !outbox.Writer.TryWrite(message)) _ = _connection?.CloseAsync("Too many messages wait for this link.");
    }

    /// <exception cref="IOException">The link is down.</exception>
    public LinkStream OpenStream(StreamPurpose purpose) =>
        _connection is { } connection && IsUp ? connection.OpenStream(purpose) : throw new IOException($"The link to the operator {endpoint.Address} is down.");

    /// <summary>Dials until it is told to stop, with growing pauses.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var pauseMs = Limits.FirstRetryMs;
        while (!cancellation.IsCancellationRequested)
        {
            var retryAfterMs = await RunOnceAsync(cancellation);
            pauseMs = Epoch > 0 && retryAfterMs is null ? Limits.FirstRetryMs : Math.Min(pauseMs * 2, Limits.LastRetryMs);
            Epoch = 0;
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(retryAfterMs ?? 0, pauseMs)), time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>When the operator wants to see this node again, where it said so.</returns>
    private async Task<int?> RunOnceAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = await DialAsync(cancellation);
            await using var stop = cancellation.Register(() => _ = connection.CloseAsync("The node stops."));
            _connection = connection;
            return await ServeAsync(connection, cancellation);
        }
        catch (Exception failure) when (failure is IOException or WebSocketException or OperationCanceledException or HttpRequestException)
        {
            if (!cancellation.IsCancellationRequested) LogDown(endpoint.Address, failure.Message);
            return null;
        }
        finally
        {
            (_connection, _outbox, IsUp) = (null, null, false);
        }
    }

    private async Task<LinkConnection> DialAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limits.ConnectTimeoutMs);
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(endpoint.LinkUri(), limit.Token);
        return await LinkConnection.ConnectAsync(new WebSocketFramePipe(socket, time), new LinkIdentity(identity.Key, identity.Domain), endpoint.Address, time, limit.Token);
    }

    private async Task<int?> ServeAsync(LinkConnection connection, CancellationToken cancellation)
    {
        var outbox = Channel.CreateBounded<ControlMessage>(Limits.OutboxMessages);
        await connection.SendControlAsync(await offer.HelloAsync(await Ledger.Connected(endpoint.Address)), cancellation);
        _outbox = outbox;
        int? retryAfterMs = null;
        var sending = SendAsync(connection, outbox.Reader, cancellation);
        var serving = streams.ServeAsync(connection, endpoint.Address, cancellation);
        await foreach (var message in connection.ReadControlAsync(cancellation))
        {
            if (message is Refused refused) retryAfterMs = Refuse(refused);
            else if (message is Welcome welcome) await WelcomeAsync(welcome);
            else if (message is Proposal proposal) Post(await AnswerAsync(proposal));
            else await Ledger.Take(endpoint.Address, message);
        }

        outbox.Writer.TryComplete();
        await Task.WhenAll(sending, serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        LogDown(endpoint.Address, (await connection.Closed).Message);
        return retryAfterMs;
    }

    private static async Task SendAsync(LinkConnection connection, ChannelReader<ControlMessage> outbox, CancellationToken cancellation)
    {
        await foreach (var message in outbox.ReadAllAsync(cancellation)) await connection.SendControlAsync(message, cancellation);
    }

    private async Task WelcomeAsync(Welcome welcome)
    {
        await Ledger.SetTick(endpoint.Address, welcome.TickMs);
        (IsUp, Epoch) = (true, (long)welcome.Epoch);
        LogUp(endpoint.Address, Epoch);

        // An acceptance that the operator may not have heard; the same answer again is harmless.
        var ledger = await Ledger.GetLedger();
        foreach (var lease in ledger.Leases.Values.Where(lease => lease.Operator == endpoint.Address && lease.Phase == NodeLeasePhase.Accepted))
            Post(ProposalAnswer.Accept(lease.Operation, lease.Acceptance, lease.Bindings));
    }

    private async Task<ProposalAnswer> AnswerAsync(Proposal proposal)
    {
        try
        {
            vault.Take(proposal);
        }
        catch (SealingException unreadable)
        {
            return ProposalAnswer.Refuse(proposal.Operation, proposal.Lease, RefusalCode.SecretNotReadable, unreadable.Message);
        }

        var answer = await Ledger.Propose(endpoint.Address, proposal);
        if (answer.Refusal is not null) vault.Forget(proposal.Lease);
        return answer;
    }

    private int Refuse(Refused refused)
    {
        LogRefused(endpoint.Address, refused.Code, refused.Message);
        return refused.RetryAfterMs;
    }
}
