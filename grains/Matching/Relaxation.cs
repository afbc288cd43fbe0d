using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>One requirement of an order made weaker, everything else as it is.</summary>
/// <param name="Filter">That asks for it.</param>
/// <param name="Least">How far it may be weakened.</param>
/// <param name="Most">Almost what is asked: the nearest to it that would match is looked for.</param>
/// <param name="At">The order with it. Less of it fits at least as many.</param>
/// <param name="Words">What is changed, for people.</param>
public sealed record Relaxation(HardFilter Filter, long Least, long Most, Func<long, MatchRequirement> At, Func<long, string> Words)
{
    /// <summary>Something that is asked for or not.</summary>
    public static Relaxation Without(HardFilter filter, MatchRequirement requirement, string words) =>
        new(filter, 0, 0, _ => requirement, _ => words);
}
