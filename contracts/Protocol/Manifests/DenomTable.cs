using System.Collections.Immutable;

namespace Grid.Protocol.Manifests;

/// <summary>
/// Which tokens and chain denominations an operator takes, and what one million of a denomination's micro-units (one whole token) is worth in micro-units of the
/// operator's own token. Names compare exactly.
/// </summary>
public sealed class DenomTable
{
    private readonly ImmutableSortedDictionary<string, long> _microUnitsPerToken;

    public DenomTable(IEnumerable<KeyValuePair<string, long>> microUnitsPerToken)
    {
        _microUnitsPerToken = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, microUnitsPerToken);
        foreach (var (denom, value) in _microUnitsPerToken)
        {
            if (value <= 0) throw new ArgumentException($"The denomination {denom} is worth {value} micro-units per token; expected a positive number.", nameof(microUnitsPerToken));
        }
    }

    /// <summary>Each name is the operator's own token under another name: one for one.</summary>
    public static DenomTable OneForOne(params IEnumerable<string> names) => new(names.Select(name => KeyValuePair.Create(name, Money.MicroUnitsPerToken)));

    public IEnumerable<string> Names => _microUnitsPerToken.Keys;

    public bool TryValueOf(string denom, out long microUnitsPerToken) => _microUnitsPerToken.TryGetValue(denom, out microUnitsPerToken);
}
