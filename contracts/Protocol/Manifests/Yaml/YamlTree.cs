using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Grid.Protocol.Manifests.Yaml;

/// <summary>
/// Builds a tree with positions from YamlDotNet's events. Anchors, aliases and merge keys are resolved here, under limits: an alias shares its node, a node counts
/// again wherever it is repeated, and an alias inside its own anchor is refused. The scanner is lazy, so what is refused early costs little.
/// </summary>
internal sealed class YamlTree
{
    private readonly Parser _events;
    private readonly Findings _findings;
    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);
    private int _scannedNodes;

    private YamlTree(string text, Findings findings)
    {
        _events = new Parser(new Scanner(new StringReader(text), skipComments: true));
        _findings = findings;
    }

    /// <returns>The one document of the text; null after an error.</returns>
    public static YamlNode? Parse(string text, Findings findings)
    {
        var tree = new YamlTree(text, findings);
        try
        {
            return tree.ReadDocument();
        }
        catch (YamlException e)
        {
            findings.Error(At(e.Start).Line, At(e.Start).Column, "", $"not valid YAML: {FirstSentence(e.Message)}");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // YamlDotNet meets some malformed escapes and directives with an exception of the base library instead of its own.
            var at = tree._events.Current is { } current ? At(current.Start) : (Line: 0, Column: 0);
            findings.Error(at.Line, at.Column, "", "not valid YAML at or after this place");
        }
        return null;
    }

    private YamlNode? ReadDocument()
    {
        Next<StreamStart>();
        if (!_events.MoveNext() || _events.Current is not DocumentStart) return Refuse(0, 0, "the file is empty; expected a manifest that begins with `version:`");
        _events.MoveNext();
        var root = ReadNode(0);
        if (root is null) return null;
        Next<DocumentEnd>();
        _events.MoveNext();
        if (_events.Current is not DocumentStart second) return root;
        return Refuse(At(second.Start).Line, At(second.Start).Column, "a second YAML document begins here; expected one manifest per file");
    }

    private void Next<T>()
    {
        if (!_events.MoveNext() || _events.Current is not T) throw new InvalidOperationException();
    }

    /// <summary>Reads the node that the current event begins; leaves the current event at the node's end.</summary>
    private YamlNode? ReadNode(int depth)
    {
        var current = _events.Current!;
        var (line, column) = At(current.Start);
        if (depth > ManifestLimits.Depth) return Refuse(line, column, $"nested deeper than {ManifestLimits.Depth} levels");
        if (++_scannedNodes > ManifestLimits.Nodes) return RefuseSize(line, column);
        if (current is AnchorAlias alias) return Resolve(alias, line, column);

        // YamlDotNet ends some mappings between an empty key and its value.
        if (current is not NodeEvent start) return Refuse(line, column, "not valid YAML: a key without a name, or a value is missing");
        if (!OpenAnchor(start, line, column, out var anchor)) return null;
        YamlNode? node = current switch
        {
            Scalar scalar => ReadScalar(scalar, line, column),
            SequenceStart => ReadSequence(depth, line, column),
            _ => ReadMapping(depth, line, column),
        };
        if (anchor is not null) _anchors[anchor] = node;
        return node;
    }

    private bool OpenAnchor(NodeEvent node, int line, int column, out string? anchor)
    {
        anchor = node.Anchor.IsEmpty ? null : node.Anchor.Value;
        if (anchor is null) return true;
        _anchors[anchor] = null;
        return _anchors.Count <= ManifestLimits.Anchors || Refuse(line, column, $"more than {ManifestLimits.Anchors} anchors") is not null;
    }

    private YamlNode? Resolve(AnchorAlias alias, int line, int column)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var node)) return Refuse(line, column, $"the alias {Quoted.Of(alias.Value.Value)} names no anchor before it");
        return node ?? Refuse(line, column, $"the alias {Quoted.Of(alias.Value.Value)} stands inside its own anchor: a cycle");
    }

    private YamlScalar? ReadScalar(Scalar scalar, int line, int column)
    {
        if (scalar.Value.Length <= ManifestLimits.TextLength) return new YamlScalar(line, column, scalar.Value, scalar is { Style: ScalarStyle.Plain, Tag.IsEmpty: true });
        Refuse(line, column, $"a value of {scalar.Value.Length} characters; at most {ManifestLimits.TextLength} are allowed");
        return null;
    }

    private YamlSequence? ReadSequence(int depth, int line, int column)
    {
        var (items, size) = (new List<YamlNode>(), 1);
        while (_events.MoveNext() && _events.Current is not SequenceEnd)
        {
            if (ReadNode(depth + 1) is not { } item || !Grow(ref size, item)) return null;
            items.Add(item);
        }
        return new YamlSequence(line, column, size, items);
    }

    private YamlMapping? ReadMapping(int depth, int line, int column)
    {
        var (content, size) = (new MappingContent(_findings), 1);
        while (_events.MoveNext() && _events.Current is not MappingEnd)
        {
            var (keyLine, keyColumn) = At(_events.Current!.Start);
            if (ReadNode(depth + 1) is not { } key) return null;
            _events.MoveNext();
            if (ReadNode(depth + 1) is not { } value || !Grow(ref size, key) || !Grow(ref size, value)) return null;
            if (!content.TryAdd(key, value, keyLine, keyColumn)) return null;
        }
        return new YamlMapping(line, column, size, content.Entries());
    }

    private bool Grow(ref int size, YamlNode child)
    {
        size += child.Size;
        if (size <= ManifestLimits.Nodes) return true;
        RefuseSize(child.Line, child.Column);
        return false;
    }

    private YamlNode? RefuseSize(int line, int column) => Refuse(line, column, $"more than {ManifestLimits.Nodes} values, aliases counted as what they repeat");

    private YamlNode? Refuse(int line, int column, string message)
    {
        _findings.Error(line, column, "", message);
        return null;
    }

    private static (int Line, int Column) At(Mark mark) => ((int)mark.Line, (int)mark.Column);

    private static string FirstSentence(string message) => message.Length <= 200 ? message : message[..200];
}
