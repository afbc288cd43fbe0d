using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans.Storage;

namespace Grid.Runtime.Storage;

/// <summary>
/// Grain state as source-generated JSON: one byte with the version of this format (1), then UTF-8 JSON without a byte order mark.
/// Members may be added to a state and are then absent from older rows; nothing may be renamed or removed.
/// </summary>
/// <param name="contexts">Asked in order for the metadata of a state's type.</param>
public sealed class JsonGrainStorageSerializer(params IEnumerable<JsonSerializerContext> contexts) : IGrainStorageSerializer
{
    private const byte FormatVersion = 1;

    private readonly JsonSerializerContext[] _contexts = [.. contexts];
    private readonly ConcurrentDictionary<Type, JsonTypeInfo> _known = new();

    /// <exception cref="NotSupportedException">No context has metadata for <typeparamref name="T"/>.</exception>
    public BinaryData Serialize<T>(T? input)
    {
        using var payload = Encode(input);
        return new BinaryData(payload.Bytes.ToArray());
    }

    /// <exception cref="NotSupportedException">No context has metadata for <typeparamref name="T"/>.</exception>
    /// <exception cref="FormatException">The bytes are not what this version writes.</exception>
    public T? Deserialize<T>(BinaryData input) => Deserialize<T>(input.ToMemory().Span);

    internal Payload Encode<T>(T? state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var buffer = PayloadBuffer.Take();
        buffer.Append(FormatVersion);
        JsonSerializer.Serialize(buffer.Json, state, Metadata<T>());
        return buffer.Finish();
    }

    internal T Deserialize<T>(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 2 || payload[0] != FormatVersion)
            throw new FormatException($"The stored {typeof(T)} begins with {(payload.IsEmpty ? "nothing" : $"format version {payload[0]}")}, expected {FormatVersion}: it was written by another version of the grid.");
        try
        {
            return JsonSerializer.Deserialize(payload[1..], Metadata<T>()) ?? throw new FormatException($"The stored {typeof(T)} is null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"The stored {typeof(T)} is not readable at {e.Path} (line {e.LineNumber}, byte {e.BytePositionInLine}).", e);
        }
    }

    private JsonTypeInfo<T> Metadata<T>() => (JsonTypeInfo<T>)_known.GetOrAdd(typeof(T), static (type, self) => self.Find(type), this);

    private JsonTypeInfo Find(Type type)
    {
        foreach (var context in _contexts)
            if (context.GetTypeInfo(type) is { } found)
                return found;
        throw new NotSupportedException($"{type} cannot be stored: no JsonSerializerContext has it. Add [JsonSerializable(typeof({type.Name}))] to the context of its part.");
    }
}
