using Grid.Chain.Crypto;

namespace Grid;

/// <summary>Signs with the operator's key, wherever that key lives.</summary>
public interface IOperatorSigner
{
    /// <param name="digest">An EIP-712 digest.</param>
    Task<Signature> SignAsync(Hash256 digest);
}
