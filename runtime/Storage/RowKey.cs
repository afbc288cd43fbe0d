namespace Grid.Runtime.Storage;

/// <summary>A grain's id as text and the name of one of its states or reminders.</summary>
internal readonly record struct RowKey
{
    public RowKey(string grain, string name)
    {
        Grain = Bounded(grain, nameof(grain));
        Name = Bounded(name, nameof(name));
    }

    public string Grain { get; }

    public string Name { get; }

    private static string Bounded(string value, string field)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, field);
        if (value.Length > Limits.KeyChars) throw new ArgumentException($"{field} has {value.Length} characters, at most {Limits.KeyChars} can be stored.", field);
        return value;
    }
}
