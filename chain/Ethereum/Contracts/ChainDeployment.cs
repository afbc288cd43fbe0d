using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>One grid on one chain: what <c>chain.json</c> says.</summary>
/// <param name="Start">A final block before the first contract: where a reader of the events begins.</param>
/// <param name="GenesisUnixSeconds">When era 0 began.</param>
/// <param name="ChallengeFee">What a challenge of a root costs; back if it was right.</param>
public sealed record ChainDeployment(
    ulong ChainId,
    BlockRef Start,
    ChainContracts Contracts,
    ChainWindows Windows,
    long GenesisUnixSeconds,
    long EraSeconds,
    Money MinBond,
    Money ChallengeFee,
    Money VoidPenalty)
{
    /// <summary>Everything of this grid is signed under it.</summary>
    public Eip712Domain Domain => GridDomain.For(checked((long)ChainId), Contracts.Escrow);

    public TokenContract Token => new(Contracts.Token);

    public GridParametersContract GridParameters => new(Contracts.GridParameters);

    public ProviderRegistryContract ProviderRegistry => new(Contracts.ProviderRegistry);

    public OperatorRegistryContract OperatorRegistry => new(Contracts.OperatorRegistry);

    public EscrowContract Escrow => new(Contracts.Escrow);

    public LeaseClaimsContract LeaseClaims => new(Contracts.LeaseClaims);

    public RefutationsContract Refutations => new(Contracts.Refutations);

    public AttestationLedgerContract AttestationLedger => new(Contracts.AttestationLedger);

    public SlashingCourtContract SlashingCourt => new(Contracts.SlashingCourt);

    public RewardsDistributorContract RewardsDistributor => new(Contracts.RewardsDistributor);

    /// <returns>Unix seconds.</returns>
    public long EndOfEra(ulong era) => checked(GenesisUnixSeconds + ((long)era + 1) * EraSeconds);

    /// <returns>Null before genesis.</returns>
    public ulong? EraAt(long unixSeconds) =>
        unixSeconds < GenesisUnixSeconds ? null : (ulong)((unixSeconds - GenesisUnixSeconds) / EraSeconds);
}
