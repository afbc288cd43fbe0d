using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Grid.Chain.Ethereum.Following;
using Grid.Silo.Hosting;

namespace Grid.Silo.Chain;

/// <summary>Something small in a file of its own, whole or not at all.</summary>
internal sealed class StateFile<T>(string path, JsonTypeInfo<T> type)
    where T : class
{
    /// <returns>Null before the first save.</returns>
    /// <exception cref="InvalidDataException">The file is damaged; without it the chain is read again from its start, so it may be moved
    /// away.</exception>
    public T? Load()
    {
        if (!File.Exists(path)) return null;
        if (new FileInfo(path).Length > Limits.MaxStateFileBytes) throw new InvalidDataException($"'{path}' is larger than {Limits.MaxStateFileBytes} bytes: move it away.");
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' is damaged: move it away, the chain is then read again from its start.", e);
        }
    }

    /// <summary>On the disk when it returns.</summary>
    public void Save(T value) => DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(value, type));
}

[JsonSerializable(typeof(ChainCursor))]
[JsonSerializable(typeof(StoredMirror))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, IgnoreReadOnlyProperties = true)]
internal sealed partial class ChainStateJson : JsonSerializerContext;
