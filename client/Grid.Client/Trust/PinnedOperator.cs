using Grid.Chain.Crypto;

namespace Grid.Client;

/// <summary>Only this identity will do.</summary>
public sealed class PinnedOperator(Address expected) : IOperatorTrust
{
    public void Check(Uri url, Address identity)
    {
        if (identity != expected)
            throw new GridException(GridErrorKind.OperatorChanged, $"{url} is operated by {identity}, not by {expected}. Nothing was sent to it; check the address and the operator that you named.");
    }
}
