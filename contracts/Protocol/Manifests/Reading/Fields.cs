using System.Collections.Immutable;
using System.Globalization;
using Grid.Protocol.Manifests.Quantities;
using Grid.Protocol.Manifests.Yaml;

namespace Grid.Protocol.Manifests.Reading;

/// <summary>
/// Reads one mapping key by key; each key asked for is a known one, and <see cref="WarnUnknown"/> names the others. A key whose value is empty counts as absent.
/// Wrong values become errors and read as absent, so that one pass finds all errors.
/// </summary>
internal sealed class Fields(YamlMapping map, string path, Findings findings)
{
    private readonly List<string> _known = new(12);

    public string Path => path;

    public YamlMapping At => map;

    public Findings Findings => findings;

    public IEnumerable<string> Names => map.Entries.Select(entry => entry.Key.Text);

    /// <summary>A node as fields; null, with an error unless it is empty, when it is not a mapping.</summary>
    public static Fields? Of(YamlNode? node, string path, Findings findings)
    {
        if (node is YamlMapping mapping) return new Fields(mapping, path, findings);
        if (node is not (null or YamlScalar { IsNull: true })) findings.Error(node, path, $"expected keys and values, found {Kind(node)}");
        return null;
    }

    public string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    public bool Has(string key) => map.Find(key) is not null;

    public YamlNode? Take(string key)
    {
        if (!_known.Contains(key)) _known.Add(key);
        return map.Find(key)?.Value is { } value and not YamlScalar { IsNull: true } ? value : null;
    }

    public Fields? Map(string key) => Of(Take(key), PathOf(key), findings);

    public Fields? RequiredMap(string key)
    {
        if (Take(key) is { } node) return Of(node, PathOf(key), findings);
        findings.Error(Position(key), PathOf(key), $"`{key}` is missing");
        return null;
    }

    public string? Text(string key) => Take(key) is { } node ? TextOf(node, PathOf(key), findings) : null;

    public string? RequiredText(string key)
    {
        if (Take(key) is { } node) return TextOf(node, PathOf(key), findings);
        findings.Error(Position(key), PathOf(key), $"`{key}` is missing");
        return null;
    }

    public bool Flag(string key, bool otherwise = false)
    {
        if (Text(key) is not { } text) return otherwise;
        if (text.ToLowerInvariant() is "true" or "yes" or "on") return true;
        if (text.ToLowerInvariant() is "false" or "no" or "off") return false;
        Wrong(key, text, "true or false");
        return otherwise;
    }

    public int? Whole(string key, int least, int most) => (int?)WholeLong(key, least, most);

    public long? WholeLong(string key, long least, long most)
    {
        if (Text(key) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        Wrong(key, text, $"a whole number from {least} to {most}");
        return null;
    }

    public long? Bytes(string key, long most)
    {
        if (Text(key) is not { } text) return null;
        if (!ByteSize.TryParse(text, out var size) || size.Bytes.IsZero || size.Bytes > most)
        {
            Wrong(key, text, $"{ByteSize.Expected}, at most {most} bytes");
            return null;
        }
        if (size.IsUnusual) findings.Warn(Position(key), PathOf(key), $"{Quoted.Of(text)} is read as {size.Bytes} bytes; write Mi or Gi for powers of two");
        return (long)size.Bytes;
    }

    public long? Seconds(string key)
    {
        if (Text(key) is not { } text) return null;
        if (Durations.TryParseSeconds(text, out var seconds) && seconds is > 0 and <= ManifestLimits.DurationSeconds) return seconds;
        Wrong(key, text, $"{Durations.Expected}, at most ten years");
        return null;
    }

    public T? Choice<T>(string key, params ReadOnlySpan<(string Name, T Value)> choices)
        where T : struct
    {
        if (Text(key) is not { } text) return null;
        foreach (var (name, value) in choices)
        {
            if (string.Equals(name, text, StringComparison.OrdinalIgnoreCase)) return value;
        }
        var names = new List<string>();
        foreach (var (name, _) in choices) names.Add(name);
        Wrong(key, text, string.Join(", ", names));
        return null;
    }

    /// <summary>A list of texts; one text counts as a list of one.</summary>
    public ImmutableArray<string> Texts(string key)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var (node, itemPath) in Items(key, allowsSingle: true))
        {
            if (TextOf(node, itemPath, findings) is { } text) texts.Add(text);
        }
        return texts.DrainToImmutable();
    }

    /// <summary>A list of words: of YAML, or of one text with <c>;</c> between them.</summary>
    public ImmutableArray<string> Words(string key)
    {
        ImmutableArray<string> words = [.. Texts(key).SelectMany(text => text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        if (words.Length <= ManifestLimits.ListItems) return words;
        findings.Error(Position(key), PathOf(key), $"a list of {words.Length}; at most {ManifestLimits.ListItems} are allowed");
        return [];
    }

    public IReadOnlyList<ListedNode> Items(string key, bool allowsSingle = false)
    {
        var node = Take(key);
        if (node is null) return [];
        if (allowsSingle && node is not YamlSequence) return [new(node, PathOf(key))];
        if (node is not YamlSequence list)
        {
            findings.Error(node, PathOf(key), $"expected a list, found {Kind(node)}");
            return [];
        }
        if (list.Items.Count <= ManifestLimits.ListItems) return [.. list.Items.Select((item, index) => new ListedNode(item, $"{PathOf(key)}[{index}]"))];
        findings.Error(node, PathOf(key), $"a list of {list.Items.Count}; at most {ManifestLimits.ListItems} are allowed");
        return [];
    }

    /// <summary>Every entry of a mapping whose keys are names that the author chose.</summary>
    public IReadOnlyList<NamedNode> Named(int most, string what)
    {
        if (map.Entries.Count <= most) return [.. map.Entries.Select(entry => new NamedNode(entry.Key, entry.Value, PathOf(entry.Key.Text)))];
        findings.Error(map, path, $"{map.Entries.Count} {what}; at most {most} are allowed");
        return [];
    }

    public ImmutableArray<ManifestAttribute> Attributes(params ReadOnlySpan<string> except)
    {
        var attributes = ImmutableArray.CreateBuilder<ManifestAttribute>();
        foreach (var (name, node, itemPath) in Named(ManifestLimits.ListItems, "attributes"))
        {
            if (except.Contains(name.Text)) continue;
            if (node is YamlScalar { IsNull: true }) attributes.Add(new(name.Text, ""));
            else if (TextOf(node, itemPath, findings) is { } text) attributes.Add(new(name.Text, text));
        }
        return attributes.DrainToImmutable();
    }

    public void Wrong(string key, string text, string expected) => findings.Error(Position(key), PathOf(key), $"{Quoted.Of(text)}; expected {expected}");

    /// <summary>Where the value of a key stands; the mapping when it has none.</summary>
    public YamlNode Position(string key) => map.Find(key)?.Value ?? map;

    /// <param name="what">What this mapping is, with its article: <c>a service</c>.</param>
    public void WarnUnknown(string what)
    {
        foreach (var entry in map.Entries)
        {
            if (findings.IsFullOfWarnings) return;
            if (!_known.Contains(entry.Key.Text)) findings.WarnUnknownKey(entry.Key, PathOf(entry.Key.Text), UnknownKey(entry.Key.Text, what));
        }
    }

    private string UnknownKey(string key, string what) => Suggestion.For(key, _known) is { } nearest
        ? $"unknown key {Quoted.Of(key)}: did you mean `{nearest}`?"
        : $"unknown key {Quoted.Of(key)} is ignored; {what} has {string.Join(", ", _known)}";

    public static string? TextOf(YamlNode node, string path, Findings findings)
    {
        if (node is YamlScalar scalar) return scalar.IsNull ? "" : scalar.Text;
        findings.Error(node, path, $"expected text, found {Kind(node)}");
        return null;
    }

    private static string Kind(YamlNode node) => node switch
    {
        YamlSequence => "a list",
        YamlMapping => "keys and values",
        _ => "text",
    };
}
