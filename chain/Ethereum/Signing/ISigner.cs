using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Transactions;

namespace Grid.Chain.Ethereum.Signing;

/// <summary>Signs transactions of one account. It never sends them.</summary>
public interface ISigner
{
    Address Address { get; }

    /// <returns>Exactly this transaction, signed by <see cref="Address"/>.</returns>
    Task<SignedTransaction> SignAsync(Eip1559Transaction transaction, CancellationToken cancellationToken);
}

/// <summary>Signs with a key of this process, as <c>Keystore.LoadAsync</c> gives it. The owner disposes the key.</summary>
public sealed class KeySigner(PrivateKey key) : ISigner
{
    public Address Address => key.Address;

    public Task<SignedTransaction> SignAsync(Eip1559Transaction transaction, CancellationToken cancellationToken) =>
        Task.FromResult(SignedTransaction.Sign(transaction, key));
}
