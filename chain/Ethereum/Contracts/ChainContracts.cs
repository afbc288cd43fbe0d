using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>Where the grid's contracts are.</summary>
public sealed record ChainContracts(
    Address Token,
    Address GridParameters,
    Address ProviderRegistry,
    Address OperatorRegistry,
    Address Escrow,
    Address LeaseClaims,
    Address Refutations,
    Address AttestationLedger,
    Address SlashingCourt,
    Address RewardsDistributor);
