using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Manifests;

/// <summary>
/// The one byte sequence of a manifest: UTF-8 JSON without spaces, keys in the order below. What a file gives as a mapping (services, placements, volumes, attributes)
/// is sorted by name, ordinally; what it gives as a list keeps its order. A value that is the default is left out, so that fields to come change no existing hash.
/// </summary>
public static class CanonicalManifest
{
    private const int FormatVersion = 1;

    private const int UsualBytes = 1024;

    public static byte[] Write(Manifest manifest, Func<SecretRef, Hash256> sealedHashOf) => Written(manifest, sealedHashOf).WrittenSpan.ToArray();

    internal static ArrayBufferWriter<byte> Written(Manifest manifest, Func<SecretRef, Hash256> sealedHashOf)
    {
        var bytes = new ArrayBufferWriter<byte>(UsualBytes);
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteNumber("canonical", FormatVersion);
        json.WriteString("dialect", manifest.Dialect == ManifestDialect.Icl ? "icl" : "sdl");
        json.WriteString("version", manifest.Version);
        Text(json, "name", manifest.Name);
        List(json, "services", manifest.Services.OrderBy(service => service.Name, StringComparer.Ordinal), service => CanonicalService.Write(json, service, sealedHashOf));
        List(json, "placements", manifest.Placements.OrderBy(placement => placement.Name, StringComparer.Ordinal), placement => CanonicalPlacement.Write(json, placement));
        List(json, "endpoints", manifest.Endpoints.OrderBy(endpoint => endpoint.Name, StringComparer.Ordinal), endpoint => Pair(json, "name", endpoint.Name, "kind", endpoint.Kind));
        json.WriteEndObject();
        json.Flush();
        return bytes;
    }

    internal static void List<T>(Utf8JsonWriter json, string key, IEnumerable<T> items, Action<T> write)
    {
        var isOpen = false;
        foreach (var item in items)
        {
            if (!isOpen) json.WriteStartArray(key);
            isOpen = true;
            write(item);
        }
        if (isOpen) json.WriteEndArray();
    }

    internal static void Texts(Utf8JsonWriter json, string key, ImmutableArray<string> texts)
    {
        if (!texts.IsEmpty) List(json, key, texts, json.WriteStringValue);
    }

    internal static void Attributes(Utf8JsonWriter json, string key, ImmutableArray<ManifestAttribute> attributes)
    {
        if (attributes.IsEmpty) return;
        var sorted = attributes.OrderBy(static attribute => attribute.Key, StringComparer.Ordinal);
        List(json, key, sorted, attribute => Pair(json, "key", attribute.Key, "value", attribute.Value));
    }

    internal static void Pair(Utf8JsonWriter json, string firstKey, string first, string secondKey, string second)
    {
        json.WriteStartObject();
        json.WriteString(firstKey, first);
        json.WriteString(secondKey, second);
        json.WriteEndObject();
    }

    internal static void Text(Utf8JsonWriter json, string key, string? text)
    {
        if (text is not null) json.WriteString(key, text);
    }

    internal static void Number(Utf8JsonWriter json, string key, long? number)
    {
        if (number is { } value) json.WriteNumber(key, value);
    }

    internal static void NumberUnless(Utf8JsonWriter json, string key, long number, long usual)
    {
        if (number != usual) json.WriteNumber(key, number);
    }

    internal static void Flag(Utf8JsonWriter json, string key, bool flag)
    {
        if (flag) json.WriteBoolean(key, true);
    }

    /// <summary>An enumeration by its name in lower case; its zero value is left out.</summary>
    internal static void Choice<T>(Utf8JsonWriter json, string key, T choice)
        where T : struct, Enum
    {
        if (!EqualityComparer<T>.Default.Equals(choice, default)) json.WriteString(key, choice.ToString().ToLower(CultureInfo.InvariantCulture));
    }
}
