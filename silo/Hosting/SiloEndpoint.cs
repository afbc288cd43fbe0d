using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;

namespace Grid.Silo.Hosting;

/// <summary><c>endpoint.json</c> in the data folder: where a silo serves that chose its port itself.</summary>
/// <param name="Url">Of the HTTP API.</param>
/// <param name="NodeLink">Where nodes dial in.</param>
public sealed record SiloEndpoint(string Url, string NodeLink, Address Operator, int ProcessId)
{
    public const string FileName = "endpoint.json";

    internal void Write(string dataDirectory) =>
        DurableFile.Replace(Path.Combine(dataDirectory, FileName), JsonSerializer.SerializeToUtf8Bytes(this, SiloEndpointJson.Default.SiloEndpoint));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SiloEndpoint))]
internal sealed partial class SiloEndpointJson : JsonSerializerContext;
