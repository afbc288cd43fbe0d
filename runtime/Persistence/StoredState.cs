using Grid.Runtime.Activations;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grid.Runtime.Persistence;

/// <summary>A state that its activation reads before the grain is active.</summary>
internal interface IStoredState
{
    Task ReadStateAsync(CancellationToken cancellationToken);
}

/// <summary>A grain's state and the storage that keeps it. Until a record exists, the state is a new <typeparamref name="TState"/>.</summary>
internal sealed partial class StoredState<TState>(string name, Activation activation, IGrainStorage storage) : IPersistentState<TState>, IStoredState
{
    private readonly GrainState<TState> _stored = new(Activator.CreateInstance<TState>());

    public TState State
    {
        get => _stored.State!;
        set => _stored.State = value;
    }

    public string? Etag => _stored.ETag;

    public bool RecordExists => _stored.RecordExists;

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await storage.ReadStateAsync(name, activation.GrainId, _stored, cancellationToken);
        }
        catch (Exception error)
        {
            throw Failed("read", error);
        }

        _stored.State ??= Activator.CreateInstance<TState>();
    }

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public async Task WriteStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await storage.WriteStateAsync(name, activation.GrainId, _stored, cancellationToken);
        }
        catch (Exception error)
        {
            throw Failed("write", error);
        }
    }

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await storage.ClearStateAsync(name, activation.GrainId, _stored, cancellationToken);
        }
        catch (Exception error)
        {
            throw Failed("clear", error);
        }

        _stored.State = Activator.CreateInstance<TState>();
    }

    // What a grain catches is always an OrleansException, as under Orleans, whatever the storage is made of.
    private OrleansException Failed(string operation, Exception error)
    {
        LogFailed(activation.Silo.Log, operation, name, activation.GrainId, error);
        return error as OrleansException ?? new OrleansException($"{operation} of state '{name}' of {activation.GrainId} failed: {error.Message}", error);
    }

    [LoggerMessage(4, LogLevel.Warning, "{Operation} of state '{State}' of {Grain} failed")]
    private static partial void LogFailed(ILogger log, string operation, string state, GrainId grain, Exception error);
}
