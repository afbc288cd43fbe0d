#if ORLEANS
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans.Storage;

namespace Grid.Silo.Hosting;

/// <summary>Grain state as the local host stores it: one byte with the version of the format, then source-generated JSON.</summary>
internal sealed class StateJsonSerializer(params JsonSerializerContext[] contexts) : IGrainStorageSerializer
{
    private const byte FormatVersion = 1;

    public BinaryData Serialize<T>(T input)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(input, Metadata<T>());
        return new BinaryData((byte[])[FormatVersion, .. json]);
    }

    public T Deserialize<T>(BinaryData input)
    {
        var bytes = input.ToMemory().Span;
        if (bytes.IsEmpty || bytes[0] != FormatVersion) throw new FormatException($"The stored {typeof(T)} is of another format version; expected {FormatVersion}.");
        return JsonSerializer.Deserialize(bytes[1..], Metadata<T>()) ?? throw new FormatException($"The stored {typeof(T)} is null.");
    }

    private JsonTypeInfo<T> Metadata<T>()
    {
        foreach (var context in contexts)
        {
            if (context.GetTypeInfo(typeof(T)) is JsonTypeInfo<T> found) return found;
        }

        throw new NotSupportedException($"{typeof(T)} cannot be stored: no JsonSerializerContext has it.");
    }
}
#endif
