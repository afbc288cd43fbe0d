using System.Net.Sockets;
using Grid.Node.Execution;

namespace Grid.Node.Shim;

/// <summary>Answers the node on its socket. Several connections may be open; each is asked one thing at a time.</summary>
internal sealed class ShimServer(Socket listener, WorkloadTable table, StatusFeed events, IsolationReport isolation, CancellationTokenSource shutdown)
{
    private const int Version = 1;
    private int _connections;

    public bool HasConnections => Volatile.Read(ref _connections) > 0;

    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(shutdown.Token);
                if (Volatile.Read(ref _connections) < Limits.MaxConnections && UnixSockets.IsOwnPeer(socket)) _ = ServeAsync(socket);
                else socket.Dispose();
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to end.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        Interlocked.Increment(ref _connections);
        try
        {
            await using var messages = new MessageStream(new NetworkStream(socket, ownsSocket: true));
            while (await messages.ReadAsync(ShimJson.Default.ShimRequest, shutdown.Token) is { } request)
            {
                if (request is AskWatch) await WatchAsync(messages);
                else await messages.WriteAsync(Answer(request), ShimJson.Default.ShimAnswer, shutdown.Token);
                if (request is AskShutdown) await shutdown.CancelAsync();
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Text.Json.JsonException or SocketException)
        {
            // The node went away, or does not speak this language: it connects again, and nothing that runs here minds.
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private ShimAnswer Answer(ShimRequest request)
    {
        try
        {
            return request switch
            {
                AskHello => new AnswerHello(Version, Environment.ProcessId, isolation),
                AskStart start => table.Start(start.Spec),
                AskStop stop => table.Stop(stop.Lease, stop.GraceMs),
                AskExtend extend => table.Extend(extend.Lease, extend.StopAtBootMs),
                AskList or AskShutdown => table.Statuses(),
                AskRelay relay => table.Relay(relay.Key, relay.Port),
                AskForget forget => table.Forget(forget.Lease),
                _ => new AnswerRefused($"{request.GetType().Name} is not known to this supervisor"),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new AnswerRefused(e.Message);
        }
    }

    private async Task WatchAsync(MessageStream messages)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(shutdown.Token);
        var changes = events.Subscribe();
        var hangUp = CancelAtHangUpAsync(messages, end);
        try
        {
            await messages.WriteAsync(table.Statuses(), ShimJson.Default.ShimAnswer, end.Token);
            await foreach (var status in changes.Reader.ReadAllAsync(end.Token)) await messages.WriteAsync(new AnswerStatuses([status]), ShimJson.Default.ShimAnswer, end.Token);
        }
        finally
        {
            events.Unsubscribe(changes);
            await end.CancelAsync();
            await hangUp;
        }

        throw new IOException("the watcher did not keep up");
    }

    /// <summary>A watcher says nothing more; whatever is read is its end. Without this a quiet watch would never be noticed to be over.</summary>
    private static async Task CancelAtHangUpAsync(MessageStream messages, CancellationTokenSource end)
    {
        try
        {
            await messages.ReadAsync(ShimJson.Default.ShimRequest, end.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Text.Json.JsonException)
        {
            // Over as well.
        }

        await end.CancelAsync();
    }
}
