using Orleans;

namespace Grid.Runtime.Activations;

/// <summary>How an activation begins and ends.</summary>
internal sealed partial class Activation
{
    private async Task ActivateAsync()
    {
        _phase = Phase.Activating;
        try
        {
            var grain = _class.Create(this);
            GrainInstance = grain;
            foreach (var state in _states)
                await state.ReadStateAsync(CancellationToken.None);
            await grain.OnActivateAsync(_stopping.Token);
            _phase = Phase.Active;
        }
        catch (Exception error)
        {
            LogActivationFailed(Silo.Log, GrainId, error);
            await FailAsync(error);
            return;
        }

        EndIfAsked();
    }

    private async Task FailAsync(Exception error)
    {
        _phase = Phase.Deactivating;
        await ReleaseAsync();
        foreach (var request in Leave())
        {
            if (request is Calls.Call call)
                Silo.Refuse(call, error);
        }
    }

    private void RequestEnd(DeactivationReason reason)
    {
        _ending ??= reason;
        EndIfAsked();
    }

    private void EndIfAsked()
    {
        if (_ending is { } reason && _phase == Phase.Active && RunningCount == 0)
            _ = DeactivateAsync(reason);
    }

    private async Task DeactivateAsync(DeactivationReason reason)
    {
        _phase = Phase.Deactivating;
        try
        {
            DisposeTimers();
            await ((IGrainBase)GrainInstance!).OnDeactivateAsync(reason, CancellationToken.None);
        }
        catch (Exception error)
        {
            LogDeactivationFailed(Silo.Log, GrainId, error);
        }

        await ReleaseAsync();
        foreach (var request in Leave())
        {
            if (request is Calls.Call call)
                Silo.Reroute(call);
        }
    }

    /// <summary>Leaves the catalog, so that the next call makes a new activation, and returns what this one has not started.</summary>
    private List<Request> Leave()
    {
        Silo.Catalog.Remove(this);
        var requests = CloseAndTakeAll();
        _phase = Phase.Ended;
        _ended.SetResult();
        return requests;
    }

    private async Task ReleaseAsync()
    {
        try
        {
            DisposeTimers();
            if (GrainInstance is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else
                (GrainInstance as IDisposable)?.Dispose();
            if (_scope is { } scope)
                await scope.DisposeAsync();
        }
        catch (Exception error)
        {
            LogDeactivationFailed(Silo.Log, GrainId, error);
        }
    }

    private void DisposeTimers()
    {
        _stopping.Cancel();
        foreach (var timer in _timers.ToArray())
            timer.Dispose();
        _timers.Clear();
    }
}
