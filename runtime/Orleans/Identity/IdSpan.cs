namespace Orleans.Runtime;

/// <summary>One part of a <see cref="GrainId"/>. Compared by its characters, never by culture.</summary>
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    private readonly string? _text;

    // A key is looked up more often than it is made.
    private readonly int _hashCode;

    private IdSpan(string text) => (_text, _hashCode) = (text, text.GetHashCode(StringComparison.Ordinal));

    public bool IsDefault => string.IsNullOrEmpty(_text);

    public static IdSpan Create(string id) => new(id);

    public int CompareTo(IdSpan other) => string.CompareOrdinal(_text, other._text);

    public bool Equals(IdSpan obj) => _hashCode == obj._hashCode && string.Equals(_text, obj._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    public override int GetHashCode() => _hashCode;

    /// <summary>The same number in every process, unlike <see cref="GetHashCode"/>.</summary>
    public uint GetUniformHashCode() => Grid.Runtime.StableHash.Compute(ToString());

    public override string ToString() => _text ?? "";

    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);
}
