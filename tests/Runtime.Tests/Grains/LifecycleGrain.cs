using Orleans;
using Orleans.Storage;

namespace Grid.Tests.Runtime.Grains;

/// <summary>Where grains of this assembly leave word of their lives.</summary>
public sealed class LifeLog
{
    private readonly Lock _gate = new();
    private readonly List<string> _entries = [];

    public bool ActivationsFail { get; set; }

    public void Add(string entry)
    {
        lock (_gate)
            _entries.Add(entry);
    }

    public string[] Entries
    {
        get
        {
            lock (_gate)
                return [.. _entries];
        }
    }
}

public interface ILifecycleGrain : IGrainWithStringKey
{
    Task Touch();

    Task Stay(TimeSpan duration);

    Task EndAfterThis();

    Task Conflict();

    IAsyncEnumerable<int> Count(int to, CancellationToken stop = default);

    Task Notify(INumberObserver observer, int number);
}

public interface INumberObserver : IGrainObserver
{
    Task Number(int number);
}

public sealed class LifecycleGrain(LifeLog log) : Grain, ILifecycleGrain, IDisposable
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (log.ActivationsFail)
            throw new InvalidOperationException("cannot activate");
        log.Add("activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        log.Add($"deactivated {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task Touch() => Task.CompletedTask;

    public Task Stay(TimeSpan duration)
    {
        DelayDeactivation(duration);
        return Task.CompletedTask;
    }

    public Task EndAfterThis()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Conflict() => throw new InconsistentStateException("changed", "2", "1");

    public async IAsyncEnumerable<int> Count(int to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop = default)
    {
        try
        {
            for (var i = 1; i <= to; i++)
            {
                await Task.Yield();
                stop.ThrowIfCancellationRequested();
                yield return i;
            }
        }
        finally
        {
            log.Add("enumeration over");
        }
    }

    public async Task Notify(INumberObserver observer, int number) => await observer.Number(number);

    public void Dispose() => log.Add("disposed");
}
