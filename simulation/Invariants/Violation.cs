using System.Globalization;

namespace Grid.Simulation;

/// <summary>An invariant that did not hold.</summary>
/// <param name="Invariant">As in INVARIANTS.md.</param>
/// <param name="Step">Events that had happened.</param>
/// <param name="At">Virtual time since the start.</param>
public sealed record Violation(string Invariant, ulong Seed, long Step, TimeSpan At, string Entity, string Expected, string Actual)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Invariant} seed {Seed} step {Step} at {At}: {Entity}: expected {Expected}, actual {Actual}");
}
