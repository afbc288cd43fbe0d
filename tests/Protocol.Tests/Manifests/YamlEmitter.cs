using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Grid.Tests.Protocol.Manifests;

/// <summary>Writes a document again with another formatting and, in every mapping, another order of keys.</summary>
internal sealed class YamlEmitter(Random random)
{
    public static string Rewrite(string yaml, int seed)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return new YamlEmitter(new Random(seed)).Block(stream.Documents[0].RootNode, 0);
    }

    private string Block(YamlNode node, int indent)
    {
        if (node is YamlScalarNode || random.Next(4) == 0) return Flow(node) + Comment() + "\n";
        var lead = new string(' ', indent);
        var text = new StringBuilder(indent == 0 ? "" : Comment() + "\n");
        var deeper = indent + 1 + random.Next(4);
        if (node is YamlSequenceNode { Children.Count: > 0 } list)
        {
            foreach (var item in list.Children) text.Append($"{lead}- {Flow(item)}{Comment()}\n");
            return text.ToString();
        }
        if (node is not YamlMappingNode { Children.Count: > 0 } map) return Flow(node) + "\n";
        foreach (var (key, value) in Shuffled(map)) text.Append($"{lead}{Flow(key)}: {Block(value, deeper)}");
        return text.ToString();
    }

    private string Flow(YamlNode node) => node switch
    {
        YamlSequenceNode list => $"[{string.Join(", ", list.Children.Select(Flow))}]",
        YamlMappingNode map => $"{{{string.Join(",  ", Shuffled(map).Select(entry => $"{Flow(entry.Key)}: {Flow(entry.Value)}"))}}}",
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or null } => "~",
        YamlScalarNode { Value: "<<" } => "<<",
        _ => $"\"{JsonEncodedText.Encode(((YamlScalarNode)node).Value!)}\"",
    };

    private KeyValuePair<YamlNode, YamlNode>[] Shuffled(YamlMappingNode map)
    {
        var entries = map.Children.ToArray();
        random.Shuffle(entries);
        return entries;
    }

    private string Comment() => random.Next(3) == 0 ? " # a comment" : "";
}
