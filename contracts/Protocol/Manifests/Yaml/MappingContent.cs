namespace Grid.Protocol.Manifests.Yaml;

/// <summary>The entries of one mapping while it is read: refuses duplicate keys and folds merge keys (<c>&lt;&lt;</c>) in, own keys first, earlier merges before later ones.</summary>
internal sealed class MappingContent(Findings findings)
{
    private const string MergeKey = "<<";

    private readonly List<YamlEntry> _own = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<YamlMapping> _merged = [];

    public bool TryAdd(YamlNode key, YamlNode value, int line, int column)
    {
        if (key is not YamlScalar name) return Refuse(line, column, "", "a key is a list or a mapping; expected plain text");
        if (name.Text.Length == 0) return Refuse(line, column, "", "a key is empty; expected a name before the colon");
        if (name is { Text: MergeKey, IsPlain: true }) return TryMerge(value);
        if (name.Text.Length > ManifestLimits.NameLength) return Refuse(line, column, "", $"a key of {name.Text.Length} characters; at most {ManifestLimits.NameLength} are allowed");
        if (!_names.Add(name.Text)) return Refuse(line, column, name.Text, $"the key {Quoted.Of(name.Text)} occurs twice in this mapping; remove one");
        _own.Add(new YamlEntry(name with { Line = line, Column = column }, value));
        return true;
    }

    public List<YamlEntry> Entries()
    {
        foreach (var entry in _merged.SelectMany(mapping => mapping.Entries))
        {
            if (_names.Add(entry.Key.Text)) _own.Add(entry);
        }
        return _own;
    }

    private bool TryMerge(YamlNode value)
    {
        IEnumerable<YamlNode> sources = value is YamlSequence list ? list.Items : [value];
        foreach (var source in sources)
        {
            if (source is not YamlMapping mapping) return Refuse(source.Line, source.Column, MergeKey, "a merge key takes a mapping or a list of mappings");
            _merged.Add(mapping);
        }
        return true;
    }

    private bool Refuse(int line, int column, string key, string message)
    {
        findings.Error(line, column, key, message);
        return false;
    }
}
