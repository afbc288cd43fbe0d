using System.Net.Sockets;

namespace Grid.Node.Shim;

/// <summary>A node's conversation with its supervisor: one question at a time, over a connection that is made again when it breaks.</summary>
internal sealed class ShimClient(ShimLauncher launcher, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private MessageStream? _connection;

    public async Task<TAnswer> AskAsync<TAnswer>(ShimRequest request, CancellationToken cancellationToken)
        where TAnswer : ShimAnswer
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await AskUntilAnsweredAsync(request, cancellationToken) switch
            {
                TAnswer answer => answer,
                AnswerRefused refused => throw new ShimRefusedException(refused.Problem),
                var other => throw new IOException($"The supervisor answered {other.GetType().Name} where {typeof(TAnswer).Name} was expected; is it much older than this node?"),
            };
        }
        finally
        {
            _turn.Release();
        }
    }

    public bool IsOver => launcher.IsRetired;

    /// <summary>A connection of its own, for watching.</summary>
    public async Task<MessageStream> ConnectAsync(CancellationToken cancellationToken) =>
        new(new NetworkStream(await launcher.ConnectAsync(cancellationToken), ownsSocket: true));

    /// <summary>Asks for the end of everything, and waits for it.</summary>
    public async Task ShutdownAsync(CancellationToken cancellationToken)
    {
        if (IsOver) return;
        var hello = await AskAsync<AnswerHello>(new AskHello(), cancellationToken);
        launcher.Retire();
        await AskAsync<AnswerStatuses>(new AskShutdown(), cancellationToken);
        await launcher.WaitForEndAsync(hello.ProcessId, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await HangUpAsync();
        _turn.Dispose();
    }

    /// <summary>Every request is idempotent, so one that met a dead connection, or a dying supervisor, is asked again.</summary>
    private async Task<ShimAnswer> AskUntilAnsweredAsync(ShimRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _connection ??= await ConnectAsync(cancellationToken);
                return await AskOnceAsync(_connection, request, cancellationToken);
            }
            catch (Exception e) when (e is IOException or SocketException && attempt < Limits.MaxAsks)
            {
                await HangUpAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(Limits.AskPauseMs), time, cancellationToken);
            }
        }
    }

    private async Task<ShimAnswer> AskOnceAsync(MessageStream connection, ShimRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await connection.WriteAsync(request, ShimJson.Default.ShimRequest, cancellationToken);
            return await connection.ReadAsync(ShimJson.Default.ShimAnswer, cancellationToken) ?? throw new IOException("the supervisor hung up");
        }
        catch (OperationCanceledException)
        {
            // The answer may still come, and would be taken for the next question's.
            await HangUpAsync();
            throw;
        }
    }

    private async Task HangUpAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        _connection = null;
    }
}

internal sealed class ShimRefusedException(string problem) : Exception(problem);
