namespace Grid.Protocol.Eras;

/// <summary>A leaf, and what the next era's leaf of the same provider follows from.</summary>
/// <param name="IsObserved">False where too few operators could see it: then its uptime is that of the last era in which they could.</param>
/// <param name="UnheardEras">In a row: one that nobody hears for <see cref="EraRules.ForgottenAfterEras"/> has no leaf any more.</param>
public readonly record struct EraRow(EraLeaf Leaf, TrustStanding Standing, bool IsObserved, int UnheardEras);
