using System.Collections.Immutable;

namespace Grid.Protocol.Manifests;

internal static class Lists
{
    /// <summary>A list that older stored JSON does not have is empty: generated readers give init-only properties their type's default.</summary>
    public static ImmutableArray<T> Given<T>(ImmutableArray<T> list) => list.IsDefault ? [] : list;
}
