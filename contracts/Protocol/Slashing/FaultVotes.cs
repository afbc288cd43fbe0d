using Grid.Chain.Crypto;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Slashing;

/// <summary>The operators' signatures under a fault.</summary>
public static class FaultVotes
{
    /// <summary>Only a signature of an operator with weight under this very fault counts, and each operator once.</summary>
    public static bool IsQuorum(Fault fault, IEnumerable<Signature> signatures, OperatorWeights weights, Eip712Domain domain) =>
        weights.IsQuorum(signatures.Select(signature => new Signed<Fault>(fault, signature).Recover(domain)).OfType<Address>());
}
