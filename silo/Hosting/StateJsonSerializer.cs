#if ORLEANS
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Storage;

namespace Grid.Silo.Hosting;

/// <summary>Grain state as the local host stores it: one byte with the version of the format, then source-generated JSON.</summary>
internal sealed class StateJsonSerializer(JsonSerializerContext states) : IGrainStorageSerializer
{
    private const byte FormatVersion = 1;

    public BinaryData Serialize<T>(T input)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(input, typeof(T), states);
        return new BinaryData((byte[])[FormatVersion, .. json]);
    }

    public T Deserialize<T>(BinaryData input)
    {
        var bytes = input.ToMemory().Span;
        if (bytes.IsEmpty || bytes[0] != FormatVersion) throw new FormatException($"The stored {typeof(T)} is of another format version; expected {FormatVersion}.");
        return (T)JsonSerializer.Deserialize(bytes[1..], typeof(T), states)!;
    }
}
#endif
