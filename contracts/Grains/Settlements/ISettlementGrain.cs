using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Settlement;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Settlements;

/// <summary>
/// One batch: what leases have charged so far, as the three trees of one root. Collected once, durable before anybody sees the root, and
/// the same from then on. Key: the batch's number, 1, 2, 3 ….
/// </summary>
[Alias("Grid.Settlements.ISettlementGrain")]
public interface ISettlementGrain : IGrainWithStringKey
{
    /// <summary>Collects the batch, or says what it has collected already.</summary>
    [Alias("Collect")]
    Task<SettlementRoot> Collect(SettlementOrder order);

    // The batch's leaves never change once they are stored.
    [AlwaysInterleave]
    [Alias("ProvePayer")]
    Task<PayerShown?> ProvePayer(Address payer);

    // As above.
    [AlwaysInterleave]
    [Alias("ProveAccount")]
    Task<PayerShown?> ProveAccount(uint account);

    // As above.
    [AlwaysInterleave]
    [Alias("ProveProvider")]
    Task<ProviderProof?> ProveProvider(Address provider);

    /// <summary>Places of those who pay for the provider's leases that are not long settled; some of them at most.</summary>
    // As above.
    [AlwaysInterleave]
    [Alias("ProvePayersOf")]
    Task<IReadOnlyList<PayerShown>> ProvePayersOf(Address provider);

    // As above.
    [AlwaysInterleave]
    [Alias("ProveLease")]
    Task<LeaseShown?> ProveLease(LeaseId lease);

    /// <summary>The batch's root is final for good: tells the leases that it charged to their end. Idempotent.</summary>
    [Alias("BookLeases")]
    Task BookLeases();

    /// <summary>Nobody needs it any more. Idempotent.</summary>
    [Alias("Discard")]
    Task Discard();
}

/// <summary>What a batch is collected from.</summary>
/// <param name="Base">The batch of the last final root; zero where there is none.</param>
/// <param name="NewCredit">The most that it may charge beyond that root: the operator's free bond.</param>
/// <param name="ExitsDueBeforeUnixSeconds">A payer whose exit is due before is charged nothing more: he may be gone when the root is posted.</param>
/// <param name="Accounts">By number, without gaps, as they are final on the chain.</param>
[GenerateSerializer, Alias("Grid.Settlements.SettlementOrder")]
public sealed record SettlementOrder(ulong Base, Money NewCredit, IReadOnlyList<EscrowLine> Accounts, long ExitsDueBeforeUnixSeconds);

/// <summary>An account of the escrow.</summary>
/// <param name="Balance">Deposited − withdrawn − paid by lease claims; what roots charge is not taken off.</param>
/// <param name="ExitReadyUnixSeconds">Zero where no exit runs.</param>
[GenerateSerializer, Alias("Grid.Settlements.EscrowLine")]
public sealed record EscrowLine(Address Payer, Money Balance, long ExitReadyUnixSeconds)
{
    public bool IsLeaving => ExitReadyUnixSeconds != 0;
}
