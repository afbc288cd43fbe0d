using System.Text.Json.Serialization;

namespace Grid.Tests.Runtime.Storage.Conformance;

/// <summary>A grain state with the kinds of members that real ones have.</summary>
public sealed record Sample
{
    public string Text { get; init; } = "";

    public long Number { get; init; }

    public IReadOnlyList<string> Lines { get; init; } = [];
}

[JsonSerializable(typeof(Sample))]
public sealed partial class SampleJson : JsonSerializerContext;
