using Grid.Runtime.Storage;
using Grid.Runtime.Testing;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grid.Runtime.Simulation;

/// <summary>Grain state that outlives crashes; slow, failing, or of unknown outcome as <see cref="SimulationFaults"/> says.</summary>
public sealed class SimulatedGrainStorage : IGrainStorage
{
    private readonly SimulatedHost _host;
    private readonly SimulationFaults _faults;
    private readonly SimulatedRandom _misfortunes;
    private readonly InMemoryGrainStorage _rows;
    private readonly LinkedList<Operation> _underWay = new();

    internal SimulatedGrainStorage(SimulatedHost host, SimulationOptions options, SimulatedRandom random)
    {
        _host = host;
        _faults = options.Faults;
        _misfortunes = random.Fork();
        _rows = new InMemoryGrainStorage(options.StateSerializer);
    }

    /// <summary>How many records exist.</summary>
    public int Count => _rows.Count;

    /// <summary>Writes and clears that took effect.</summary>
    public long WriteCount { get; private set; }

    /// <summary>A write or clear of this state has begun; on the grain's turn, so a crash is to be scheduled with <see cref="Simulation.After"/>.</summary>
    public event Action<string, GrainId>? WriteBegun;

    /// <summary>A write or clear of this state is durable, and its grain has not been told yet; a crash may follow at once.</summary>
    public event Action<string, GrainId>? WriteDone;

    /// <summary>What the store holds right now, without delay or fault: for checkers.</summary>
    public T? Peek<T>(string stateName, GrainId grainId)
    {
        var state = new GrainState<T>();
        _rows.ReadStateAsync(stateName, grainId, state);
        return state.State;
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = new GrainState<T>();
        return DoAsync(stateName, grainId, isWrite: false, () => _rows.ReadStateAsync(stateName, grainId, row), () =>
        {
            grainState.State = row.State;
            CopyKeys(row, grainState);
        });
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // What is written is the state of now, whatever the grain does to it while the write is under way.
        var row = new GrainState<T>(grainState.State, grainState.ETag);
        return DoAsync(stateName, grainId, isWrite: true, () => _rows.WriteStateAsync(stateName, grainId, row), () => CopyKeys(row, grainState));
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = new GrainState<T>(grainState.State, grainState.ETag);
        return DoAsync(stateName, grainId, isWrite: true, () => _rows.ClearStateAsync(stateName, grainId, row), () => CopyKeys(row, grainState));
    }

    /// <summary>The silo dies: each write under way either took effect or did not, and nobody is told.</summary>
    internal void Crash()
    {
        foreach (var operation in _underWay)
        {
            operation.IsOver = true;
            if (operation.IsWrite && operation.Failure is not StoreUnavailableException && _misfortunes.Chance(0.5))
                _ = TryApply(operation);
        }

        _underWay.Clear();
    }

    private Task DoAsync(string stateName, GrainId grainId, bool isWrite, Func<Task> apply, Action acknowledge)
    {
        if (isWrite)
            WriteBegun?.Invoke(stateName, grainId);
        var operation = new Operation(stateName, grainId, isWrite, Misfortune(grainId, isWrite), apply, acknowledge);
        var node = _underWay.AddLast(operation);
        var latency = _misfortunes.Chance(_faults.SlowStorage)
            ? _faults.SlowStorageLatency
            : _misfortunes.Between(_faults.StorageLatencyMin, _faults.StorageLatencyMax);
        _host.ScheduleAction(latency, () => Finish(node));
        return operation.Done.Task;
    }

    private Exception? Misfortune(GrainId grainId, bool isWrite)
    {
        if (_faults.StorageIsAway || _misfortunes.Chance(_faults.StorageFailureBefore))
            return new StoreUnavailableException($"{grainId}: the storage failed before it did anything (injected)");
        return isWrite && _misfortunes.Chance(_faults.StorageFailureAfter)
            ? new OutcomeUnknownException($"{grainId}: the storage did not answer; whether it wrote is not known (injected)")
            : null;
    }

    private void Finish(LinkedListNode<Operation> node)
    {
        var operation = node.Value;
        if (operation.IsOver)
            return;
        _underWay.Remove(node);
        var error = operation.Failure is StoreUnavailableException failed ? failed : (Exception?)TryApply(operation) ?? operation.Failure;
        _host.Record(error switch
        {
            null => JournalEntry.Storage,
            OutcomeUnknownException => JournalEntry.StorageOutcomeUnknown,
            _ => JournalEntry.StorageFailed,
        }, WriteCount);
        if (error is null)
            operation.Acknowledge();
        if (operation.IsWrite && error is null)
            WriteDone?.Invoke(operation.StateName, operation.GrainId);
        operation.Complete(error);
    }

    private InconsistentStateException? TryApply(Operation operation)
    {
        // The rows are in memory: the task has completed when it is returned, or the call has thrown.
        try
        {
            _ = operation.Apply();
        }
        catch (InconsistentStateException conflict)
        {
            return conflict;
        }

        WriteCount += operation.IsWrite ? 1 : 0;
        return null;
    }

    private static void CopyKeys<T>(GrainState<T> from, IGrainState<T> to) => (to.ETag, to.RecordExists) = (from.ETag, from.RecordExists);

    private sealed record Operation(string StateName, GrainId GrainId, bool IsWrite, Exception? Failure, Func<Task> Apply, Action Acknowledge)
    {
        public TaskCompletionSource Done { get; } = new();

        public bool IsOver { get; set; }

        public void Complete(Exception? error)
        {
            if (error is null)
                Done.SetResult();
            else
                Done.SetException(error);
        }
    }
}
