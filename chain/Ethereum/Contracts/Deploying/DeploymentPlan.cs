using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Contracts.Deploying;

/// <summary>
/// All that a deployment is made of, fixed before its first transaction: the contracts name each other in their constructors, so
/// their addresses follow from the deployer's nonces. The same plan, run again, goes on where it stopped.
/// </summary>
/// <param name="FirstNonce">Of the deployer. Nobody else may use its key until the deployment is done.</param>
/// <param name="Start">A final block before the first contract.</param>
/// <param name="Governor">May schedule changes of parameters.</param>
/// <param name="Arbiter">Rules on cases that no contract can decide; zero: nobody, so they are dismissed.</param>
/// <param name="Treasury">Whose allowance fills the rewards.</param>
/// <param name="ExistingToken">Zero: a <c>GridToken</c> is created, and the deployer gets its whole supply.</param>
public sealed record DeploymentPlan(
    ulong ChainId,
    Address Deployer,
    ulong FirstNonce,
    BlockRef Start,
    long GenesisUnixSeconds,
    ChainProfile Profile,
    Address Governor,
    Address Arbiter,
    Address Treasury,
    Address ExistingToken = default)
{
    /// <summary>Begins now: era 0 starts with the newest block.</summary>
    public static async Task<DeploymentPlan> MakeAsync(
        IChain chain,
        Address deployer,
        ChainProfile profile,
        Address governor,
        Address arbiter,
        Address treasury,
        Address existingToken,
        CancellationToken cancellationToken)
    {
        if (profile.Windows.Fault() is { } fault)
            throw new ArgumentException($"No contracts would take this profile: {fault}.", nameof(profile));
        var final = await BlockAsync(chain, BlockTag.Finalized, cancellationToken);
        var latest = await BlockAsync(chain, BlockTag.Latest, cancellationToken);
        return new DeploymentPlan(
            await chain.GetChainIdAsync(cancellationToken),
            deployer,
            await chain.GetNonceAsync(deployer, BlockTag.Latest, cancellationToken),
            final.Ref,
            checked((long)latest.TimestampSeconds),
            profile,
            governor,
            arbiter,
            treasury,
            existingToken);
    }

    /// <summary>What it will have made.</summary>
    public ChainDeployment Deployment() => new(
        ChainId,
        Start,
        Contracts(),
        Profile.Windows,
        GenesisUnixSeconds,
        Profile.EraSeconds,
        Profile.MinBond,
        Profile.ChallengeFee,
        Profile.VoidPenalty);

    internal ChainContracts Contracts()
    {
        var next = FirstNonce;
        Address Create() => CreatedAddress.Of(Deployer, next++);
        return new ChainContracts(
            Token: ExistingToken.IsZero ? Create() : ExistingToken,
            GridParameters: Create(),
            ProviderRegistry: Create(),
            OperatorRegistry: Create(),
            Escrow: Create(),
            LeaseClaims: Create(),
            Refutations: Create(),
            AttestationLedger: Create(),
            SlashingCourt: Create(),
            RewardsDistributor: Create());
    }

    private static async Task<BlockHeader> BlockAsync(IChain chain, BlockTag tag, CancellationToken cancellationToken) =>
        await chain.GetBlockAsync(tag, cancellationToken) ?? throw new ChainException(ChainFault.Refused, $"The chain has no {tag} block.");
}
