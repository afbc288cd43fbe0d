using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grid.Runtime.Storage;

/// <summary>Grain state in a <see cref="SqliteStore"/>: a row for each grain and state name.</summary>
/// <remarks>
/// Besides Orleans' own errors every method may throw a <see cref="StoreException"/>; after <see cref="OutcomeUnknownException"/> the state must be read again.
/// </remarks>
public sealed class SqliteGrainStorage(SqliteStore store, IGrainStorageSerializer serializer) : IGrainStorage
{
    private readonly JsonGrainStorageSerializer? _json = serializer as JsonGrainStorageSerializer;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = new RowKey(grainId.ToString(), stateName);
        var stored = await store.ReadAsync((Storage: this, Key: key), static (reader, asked) => asked.Storage.Find<T>(reader, asked.Key));
        grainState.State = stored is { } found ? found.State : Activator.CreateInstance<T>();
        grainState.ETag = StateTag.Text(stored?.Tag);
        grainState.RecordExists = stored is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = new RowKey(grainId.ToString(), stateName);
        using var payload = Encode(grainState.State);
        var outcome = await store.WriteAsync(new StateWrite(key, StateTag.Of(grainState.ETag), payload.Bytes));
        if (outcome.Conflicted) throw Conflict(key, outcome, grainState.ETag);
        grainState.ETag = StateTag.Text(outcome.Stored);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = new RowKey(grainId.ToString(), stateName);
        var outcome = await store.WriteAsync(new StateClear(key, StateTag.Of(grainState.ETag)));
        if (outcome.Conflicted) throw Conflict(key, outcome, grainState.ETag);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static InconsistentStateException Conflict(RowKey key, RowOutcome outcome, string? current)
    {
        var stored = StateTag.Text(outcome.Stored);
        return new InconsistentStateException($"{key.Grain} state '{key.Name}': the change was made on ETag {current ?? "none"}, stored is {stored ?? "none"}. Read the state again.", stored, current);
    }

    private Payload Encode<T>(T? state) => _json is null ? Payload.Of(serializer.Serialize(state).ToMemory().Span) : _json.Encode(state);

    private Stored<T>? Find<T>(Reader reader, RowKey key) =>
        reader.States.Read<SqliteGrainStorage, Stored<T>?>(key, this, static (storage, tag, payload) => new Stored<T>(tag, storage.Decode<T>(payload)));

    private T? Decode<T>(ReadOnlySpan<byte> payload) =>
        _json is null ? serializer.Deserialize<T>(new BinaryData(payload.ToArray())) : _json.Deserialize<T>(payload);

    private readonly record struct Stored<T>(StateTag Tag, T? State);
}
