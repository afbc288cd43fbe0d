using Grid.Chain.Crypto;

namespace Grid.Client;

/// <summary>Decides whether the identity that answers at an address is the one that is meant.</summary>
public interface IOperatorTrust
{
    /// <exception cref="GridException">It is not: <see cref="GridErrorKind.OperatorChanged"/>.</exception>
    void Check(Uri url, Address identity);
}
