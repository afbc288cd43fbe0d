namespace Grid.Protocol.Manifests.Yaml;

/// <param name="Size">Nodes in this one, itself included, counted again wherever an alias repeats them.</param>
internal abstract record YamlNode(int Line, int Column, int Size);

internal sealed record YamlScalar(int Line, int Column, string Text, bool IsPlain) : YamlNode(Line, Column, 1)
{
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
}

internal sealed record YamlSequence(int Line, int Column, int Size, List<YamlNode> Items) : YamlNode(Line, Column, Size);

/// <summary>Keys are unique and merge keys are already resolved.</summary>
internal sealed record YamlMapping(int Line, int Column, int Size, List<YamlEntry> Entries) : YamlNode(Line, Column, Size)
{
    public YamlEntry? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key.Text == key) return entry;
        }
        return null;
    }
}

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);
