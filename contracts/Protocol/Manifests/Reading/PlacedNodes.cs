using Grid.Protocol.Manifests.Yaml;

namespace Grid.Protocol.Manifests.Reading;

// Classes, neither tuples nor structs: the framework's code for lists of classes is compiled already, and a fresh process refuses a hostile file in time.

/// <summary>An entry of a list and where it stands.</summary>
internal sealed record ListedNode(YamlNode Node, string Path);

/// <summary>An entry of a mapping whose keys are names, and where it stands.</summary>
internal sealed record NamedNode(YamlScalar Name, YamlNode Value, string Path);
