namespace Grid.Simulation;

/// <summary>Collects what the checkers find.</summary>
internal sealed class Verdicts(ulong seed, Func<long> step, Func<TimeSpan> elapsed)
{
    private readonly List<Violation> _violations = [];

    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>How many checks were made.</summary>
    public long Checked { get; private set; }

    public bool HasFailed => _violations.Count > 0;

    public void Check(bool holds, string invariant, string entity, string expected, string actual)
    {
        Checked++;
        if (!holds) Add(invariant, entity, expected, actual);
    }

    /// <summary>The texts are made only where they are needed.</summary>
    public void Check(bool holds, string invariant, Func<(string Entity, string Expected, string Actual)> texts)
    {
        Checked++;
        if (holds) return;
        var (entity, expected, actual) = texts();
        Add(invariant, entity, expected, actual);
    }

    private void Add(string invariant, string entity, string expected, string actual)
    {
        if (_violations.Count < Limits.Violations) _violations.Add(new Violation(invariant, seed, step(), elapsed(), entity, expected, actual));
    }
}
