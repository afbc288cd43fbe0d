using System.Globalization;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grid.Runtime.Testing;

/// <summary>
/// Grain state in memory with ETags. With a serializer it keeps bytes, as a real storage does; without one it keeps the state object itself,
/// which is right only for immutable states.
/// </summary>
public sealed class InMemoryGrainStorage(IGrainStorageSerializer? serializer = null) : IGrainStorage
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string State, GrainId Grain), Row> _rows = [];
    private long _lastETag;

    private sealed record Row(object? Value, string ETag);

    /// <summary>How many records exist.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _rows.Count;
        }
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_gate)
        {
            var row = _rows.GetValueOrDefault((stateName, grainId));
            grainState.State = row is null ? default : Decode<T>(row.Value);
            grainState.ETag = row?.ETag;
            grainState.RecordExists = row is not null;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var value = Encode(grainState.State);
        lock (_gate)
        {
            CheckETag(stateName, grainId, grainState.ETag);
            var etag = (++_lastETag).ToString(CultureInfo.InvariantCulture);
            _rows[(stateName, grainId)] = new Row(value, etag);
            grainState.ETag = etag;
            grainState.RecordExists = true;
        }

        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_gate)
        {
            CheckETag(stateName, grainId, grainState.ETag);
            _rows.Remove((stateName, grainId));
            grainState.ETag = null;
            grainState.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    private void CheckETag(string stateName, GrainId grainId, string? etag)
    {
        var stored = _rows.GetValueOrDefault((stateName, grainId))?.ETag;
        if (stored != etag)
            throw new InconsistentStateException($"state '{stateName}' of {grainId}: somebody else has written it", stored, etag);
    }

    private object? Encode<T>(T? state) => serializer is null ? state : serializer.Serialize(state);

    private T? Decode<T>(object? value) => serializer is null ? (T?)value : serializer.Deserialize<T>((BinaryData)value!);
}
