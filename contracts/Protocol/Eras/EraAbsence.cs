using Grid.Chain.Crypto;

namespace Grid.Protocol.Eras;

/// <summary>Two neighbours in the sorted tree with nothing between them.</summary>
/// <param name="Left">Null before the first leaf.</param>
/// <param name="Right">Null after the last leaf.</param>
public sealed record EraAbsence(EraLeafProof? Left, EraLeafProof? Right)
{
    /// <summary>As <c>AttestationLedger.verifyAbsent</c>.</summary>
    /// <returns>Whether the era's tree has no leaf of the provider.</returns>
    public bool Holds(ulong era, Hash256 root, uint count, ProviderId provider)
    {
        if (Left is not null && (!Left.IsIn(era, root, count) || Left.Leaf.Provider.CompareTo(provider) >= 0)) return false;
        if (Right is not null && (!Right.IsIn(era, root, count) || Right.Leaf.Provider.CompareTo(provider) <= 0)) return false;
        if (Left is null) return Right is { Index: 0 };
        return Right is null ? Left.Index == count - 1 : Right.Index == Left.Index + 1;
    }
}
