namespace Grid.Silo.Hosting;

/// <summary>Whether the silo is on its way down: nothing new is begun from then on.</summary>
internal sealed class Drain : IDisposable
{
    private readonly CancellationTokenSource _start = new();

    public bool HasStarted => _start.IsCancellationRequested;

    /// <summary>For what would go on for ever: it ends, and is asked for again elsewhere or later.</summary>
    public CancellationToken Started => _start.Token;

    public void Start() => _start.Cancel();

    public void Dispose() => _start.Dispose();
}
