namespace Orleans.Runtime;

/// <summary>The identity of one grain, written <c>type/key</c>.</summary>
public readonly struct GrainId(GrainType type, IdSpan key) : IEquatable<GrainId>, IComparable<GrainId>
{
    public GrainType Type { get; } = type;

    public IdSpan Key { get; } = key;

    public bool IsDefault => Type.IsDefault && Key.IsDefault;

    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    public static GrainId Create(GrainType type, string key) => new(type, IdSpan.Create(key));

    public static GrainId Create(string type, string key) => new(GrainType.Create(type), IdSpan.Create(key));

    /// <exception cref="FormatException"><paramref name="value"/> is not <c>type/key</c>.</exception>
    public static GrainId Parse(string value) =>
        TryParse(value, out var result) ? result : throw new FormatException($"grain id '{value}': expected type/key, both not empty");

    public static bool TryParse(string? value, out GrainId result)
    {
        var slash = value?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        var isWellFormed = slash > 0 && slash < value!.Length - 1;
        result = isWellFormed ? Create(value![..slash], value[(slash + 1)..]) : default;
        return isWellFormed;
    }

    public int CompareTo(GrainId other)
    {
        var byType = Type.CompareTo(other.Type);
        return byType != 0 ? byType : Key.CompareTo(other.Key);
    }

    public bool Equals(GrainId other) => Key.Equals(other.Key) && Type.Equals(other.Type);

    public override bool Equals(object? obj) => obj is GrainId other && Equals(other);

    public override int GetHashCode() => (Type.GetHashCode() * 397) ^ Key.GetHashCode();

    /// <summary>The same number in every process, unlike <see cref="GetHashCode"/>: where the grain stands on the ring of reminders.</summary>
    public uint GetUniformHashCode() => unchecked((Type.GetUniformHashCode() * 31) + Key.GetUniformHashCode());

    public override string ToString() => string.Concat(Type.ToString(), "/", Key.ToString());

    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);
}
