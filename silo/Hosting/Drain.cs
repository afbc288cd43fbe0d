namespace Grid.Silo.Hosting;

/// <summary>Whether the silo is on its way down: nothing new is begun from then on.</summary>
internal sealed class Drain
{
    private int _hasStarted;

    public bool HasStarted => Volatile.Read(ref _hasStarted) != 0;

    /// <returns>Whether this call started it.</returns>
    public bool Start() => Interlocked.Exchange(ref _hasStarted, 1) == 0;
}
