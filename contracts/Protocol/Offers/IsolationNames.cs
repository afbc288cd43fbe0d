using System.Collections.Immutable;

namespace Grid.Protocol.Offers;

/// <summary>Isolation levels as <c>x-grid</c> and JSON write them.</summary>
public static class IsolationNames
{
    /// <summary>In rising order.</summary>
    public static ImmutableArray<string> All { get; } = ["none", "namespaces", "full", "virtualMachine"];

    public static bool TryParse(string name, out IsolationLevel level)
    {
        var index = All.IndexOf(name);
        level = (IsolationLevel)Math.Max(index, 0);
        return index >= 0;
    }
}
