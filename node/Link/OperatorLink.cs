using System.Net.WebSockets;
using System.Threading.Channels;
using Grid.Node.Challenges;
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
    EarningsFile earnings,
    ChallengeWork challenges,
    Sightings sightings,
    IGrainFactory grains,
    Random jitter,
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

    /// <exception cref="LinkDownException">The link is down.</exception>
    public LinkStream OpenStream(StreamPurpose purpose) =>
        _connection is { } connection && IsUp ? connection.OpenStream(purpose) : throw new LinkDownException(endpoint.Address);

    /// <summary>Dials until it is told to stop, with growing pauses.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var pauseMs = Limits.FirstRetryMs;
        while (!cancellation.IsCancellationRequested)
        {
            var session = await RunOnceAsync(cancellation);
            pauseMs = session.HasStood ? Limits.FirstRetryMs : Math.Min(pauseMs * 2, Limits.LastRetryMs);
            var waitMs = Math.Clamp(session.RetryAfterMs, pauseMs, Limits.LongestRetryMs);
            var jitteredMs = waitMs + jitter.Next(waitMs / Limits.JitterPart);
            await Task.Delay(TimeSpan.FromMilliseconds(jitteredMs), time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Session> RunOnceAsync(CancellationToken cancellation)
    {
        var session = new Session();
        try
        {
            await using var connection = await DialAsync(cancellation);
            _connection = connection;
            await ServeAsync(connection, session, cancellation);
            LogDown(endpoint.Address, (await connection.Closed).Message);
        }
        catch (Exception failure)
        {
            // Whatever it was, the next session begins with all that matters; workloads run on.
            if (!cancellation.IsCancellationRequested) LogDown(endpoint.Address, failure.Message);
        }
        finally
        {
            (_connection, _outbox, IsUp, Epoch) = (null, null, false, 0);
        }

        return session;
    }

    private async Task<LinkConnection> DialAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limits.ConnectTimeoutMs);
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.FromMilliseconds(Limits.KeepAliveMs);
        socket.Options.KeepAliveTimeout = TimeSpan.FromMilliseconds(Limits.KeepAliveMs);
        try
        {
            await socket.ConnectAsync(endpoint.LinkUri(), limit.Token);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return await LinkConnection.ConnectAsync(new WebSocketFramePipe(socket, time), new LinkIdentity(identity.Key, identity.Domain), endpoint.Address, time, limit.Token);
    }

    private async Task ServeAsync(LinkConnection connection, Session session, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var outbox = Channel.CreateBounded<ControlMessage>(Limits.OutboxMessages);

        // Open before the ledger is asked: what changes after it has answered follows the hello.
        _outbox = outbox;
        var leases = await Ledger.Connected(endpoint.Address);
        var elsewhere = (await Ledger.GetLedger()).BoundElsewhere(endpoint.Address);
        await connection.SendControlAsync(await offer.HelloAsync(leases, elsewhere), cancellation);
        var sending = SendAsync(connection, outbox.Reader, end.Token);
        var serving = streams.ServeAsync(connection, endpoint.Address, end.Token);
        try
        {
            await foreach (var message in connection.ReadControlAsync(end.Token)) await TakeAsync(message, session);
        }
        finally
        {
            // Streams that wait for something else than the link must not outlive it.
            await end.CancelAsync();
            _ = connection.CloseAsync(cancellation.IsCancellationRequested ? "The node stops." : "The session is over.");
            await Task.WhenAll(sending, serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TakeAsync(ControlMessage message, Session session)
    {
        switch (message)
        {
            case Refused refused:
                LogRefused(endpoint.Address, refused.Code, refused.Message);
                session.RetryAfterMs = refused.RetryAfterMs;
                session.HasStood = false;
                break;
            case Welcome welcome:
                await WelcomeAsync(welcome);
                session.HasStood = true;
                break;
            case SeenReceipt receipt:
                sightings.Keep(endpoint.Address, receipt.Seen);
                break;
            case ChallengeSet challenge:
                challenges.Take(challenge, Post);
                break;
            case Proposal proposal:
                Post(await AnswerAsync(proposal));
                break;
            case SettlementShown shown:
                earnings.Keep(endpoint.Address, shown.Proof, shown.Payers ?? []);
                break;
            default:
                await Ledger.Take(endpoint.Address, message);
                break;
        }
    }

    private static async Task SendAsync(LinkConnection connection, ChannelReader<ControlMessage> outbox, CancellationToken cancellation)
    {
        try
        {
            await foreach (var message in outbox.ReadAllAsync(cancellation)) await connection.SendControlAsync(message, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            _ = connection.CloseAsync($"A message could not be sent: {failure.Message}");
        }
    }

    private async Task WelcomeAsync(Welcome welcome)
    {
        await Ledger.Welcomed(endpoint.Address, welcome.TickMs, welcome.SaysWhatItHeard);
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
            // Secrets are of use until the start, and must not stay in memory after it.
            var ledger = await Ledger.GetLedger();
            if (!ledger.Leases.TryGetValue(proposal.Lease, out var known) || known.Phase == NodeLeasePhase.Accepted) vault.Take(endpoint.Address, proposal);
            var answer = await Ledger.Propose(endpoint.Address, proposal);
            if (answer.Refusal is not null) vault.Forget(endpoint.Address, proposal.Lease);
            return answer;
        }
        catch (Exception failure)
        {
            vault.Forget(endpoint.Address, proposal.Lease);
            if (failure is SealingException) return ProposalAnswer.Refuse(proposal.Operation, proposal.Lease, RefusalCode.SecretNotReadable, failure.Message);
            LogNotJudged(endpoint.Address, proposal.Lease, failure);
            return ProposalAnswer.Refuse(proposal.Operation, proposal.Lease, RefusalCode.Internal, "the node could not judge the proposal.");
        }
    }

    /// <summary>How one session went.</summary>
    private sealed class Session
    {
        /// <summary>The operator welcomed this node, and did not send it away later.</summary>
        public bool HasStood { get; set; }

        /// <summary>When the operator wants to see this node again, where it said so.</summary>
        public int RetryAfterMs { get; set; }
    }
}
