using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Protocol.Manifests;

/// <summary>The model as JSON: what grains store and nodes receive. Secret values are always blanked; seal and send them separately.</summary>
public static class ManifestJson
{
    public static byte[] Serialize(Manifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest.WithoutSecrets(), ManifestJsonContext.Default.Manifest);

    /// <exception cref="JsonException">The text is not a manifest as <see cref="Serialize"/> writes it.</exception>
    public static Manifest Deserialize(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, ManifestJsonContext.Default.Manifest) ?? throw new JsonException("Expected a manifest, found null.");

    /// <inheritdoc cref="Deserialize(ReadOnlySpan{byte})" />
    public static Manifest Deserialize(string text) =>
        JsonSerializer.Deserialize(text, ManifestJsonContext.Default.Manifest) ?? throw new JsonException("Expected a manifest, found null.");
}

// Internal: serializing through the context directly would not blank secrets.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestJsonContext : JsonSerializerContext;
