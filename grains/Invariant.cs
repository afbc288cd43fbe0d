namespace Grid;

/// <summary>Assertions that stay on in Release. Every id stands in INVARIANTS.md; a broken one must never be ridden over.</summary>
public static class Invariant
{
    /// <exception cref="InvariantBrokenException">Where the condition does not hold.</exception>
    public static void That(bool condition, string id, string context)
    {
        if (!condition) throw new InvariantBrokenException(id, context);
    }
}
