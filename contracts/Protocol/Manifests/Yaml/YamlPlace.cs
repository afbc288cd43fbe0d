namespace Grid.Protocol.Manifests.Yaml;

/// <summary>Finds where a value stands, for rules that look at the model and no longer at the tree.</summary>
internal static class YamlPlace
{
    /// <summary>The deepest node on the way that exists: the value itself, or the last mapping or list before what is missing.</summary>
    /// <param name="steps">Keys and indices, as <c>"expose", 0, "to"</c>.</param>
    public static YamlNode Find(YamlNode from, params ReadOnlySpan<object> steps)
    {
        var node = from;
        foreach (var step in steps)
        {
            var next = (node, step) switch
            {
                (YamlMapping mapping, string key) => mapping.Find(key)?.Value,
                (YamlSequence list, int index) when index < list.Items.Count => list.Items[index],
                _ => null,
            };
            if (next is null) return node;
            node = next;
        }
        return node;
    }
}
