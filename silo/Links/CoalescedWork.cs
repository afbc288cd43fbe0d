using System.Threading.Channels;

namespace Grid.Silo.Links;

/// <summary>
/// Runs work by key: at most once at a time for each key, a bounded number of keys at once, and once more for whatever was wanted meanwhile. What is wanted
/// twice before it runs runs once, so that nothing piles up.
/// </summary>
/// <param name="run">Reads what there is to do at the moment it runs. Must not throw but for cancellation.</param>
internal sealed class CoalescedWork<TKey>(int keysAtOnce, Func<TKey, CancellationToken, Task> run)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, bool> _wantedAgain = [];

    // Each key waits at most once: bounded by the number of keys.
    private readonly Channel<TKey> _waiting = Channel.CreateUnbounded<TKey>();

    public void Want(TKey key)
    {
        lock (_gate)
        {
            if (_wantedAgain.ContainsKey(key))
            {
                _wantedAgain[key] = true;
                return;
            }

            _wantedAgain[key] = false;
        }

        _waiting.Writer.TryWrite(key);
    }

    /// <summary>Runs until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) => Parallel.ForEachAsync(
        _waiting.Reader.ReadAllAsync(cancellation),
        new ParallelOptions { MaxDegreeOfParallelism = keysAtOnce, CancellationToken = cancellation },
        RunOneAsync);

    private async ValueTask RunOneAsync(TKey key, CancellationToken cancellation)
    {
        lock (_gate) _wantedAgain[key] = false;
        await run(key, cancellation);
        lock (_gate)
        {
            if (!_wantedAgain[key])
            {
                _wantedAgain.Remove(key);
                return;
            }
        }

        _waiting.Writer.TryWrite(key);
    }
}
