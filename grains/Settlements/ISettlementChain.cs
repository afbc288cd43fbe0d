using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;

namespace Grid.Settlements;

/// <summary>
/// The operator's way to the escrow. Each call asks for one transaction, durably, by its operation id, and returns at once: asked again,
/// it says how that one stands. What it did shows in the next <see cref="EscrowView"/>.
/// </summary>
public interface ISettlementChain
{
    /// <returns>The operator's accounts by number, without gaps, as they are final.</returns>
    Task<ImmutableArray<EscrowLine>> ListAccountsAsync();

    /// <param name="last">The last final root; <see cref="SettlementRoot.None"/> before the first.</param>
    Task<Sending> PostRootAsync(Hash256 id, SettlementRoot last, SettlementRoot next);

    /// <param name="account">The leaf's index.</param>
    /// <param name="authorization">Null where the leaf charges and holds nothing.</param>
    Task<Sending> AnswerAsync(Hash256 id, uint account, PayerProof proof, Signed<Authorization>? authorization);

    Task<Sending> FinalizeRootAsync(Hash256 id);

    Task<Sending> CollectFeesAsync(Hash256 id, SettlementRoot root);
}

public enum Sending
{
    /// <summary>On its way.</summary>
    Waiting = 0,

    /// <summary>It has done what it should, for good.</summary>
    Succeeded = 1,

    /// <summary>It has done nothing and never will; under another id it may be tried again.</summary>
    Failed = 2,

    /// <summary>Too many wait: not taken; ask again.</summary>
    Full = 3,
}
