using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;
using Grid.Protocol.Signing;

namespace Grid.Chain.Ethereum.Contracts.Deploying;

/// <summary>One contract of a deployment.</summary>
/// <param name="Address">Where it will be.</param>
internal sealed record DeploymentStep(string Contract, Address Address, ReadOnlyMemory<byte> CreationCode)
{
    /// <summary>In the order of the nonces that their addresses were computed from.</summary>
    public static ImmutableArray<DeploymentStep> Of(DeploymentPlan plan)
    {
        var (at, profile, windows) = (plan.Contracts(), plan.Profile, plan.Profile.Windows);
        DeploymentStep[] steps =
        [
            Create("GridParameters", at.GridParameters, Parameters(plan, at)),
            Create("ProviderRegistry", at.ProviderRegistry, at.Token, at.Escrow, at.GridParameters, windows.UnbondingSeconds),
            Create(
                "OperatorRegistry",
                at.OperatorRegistry,
                at.Token,
                at.GridParameters,
                profile.MinBond.ToAbi(),
                windows.ActivationSeconds,
                windows.UnbondingSeconds),
            Create("Escrow", at.Escrow, EscrowSettings(profile, at)),
            Create("LeaseClaims", at.LeaseClaims, at.Escrow),
            Create("Refutations", at.Refutations, at.Escrow),
            Create(
                "AttestationLedger",
                at.AttestationLedger,
                at.Escrow,
                at.OperatorRegistry,
                plan.GenesisUnixSeconds,
                profile.EraSeconds,
                windows.CommitSeconds,
                windows.ReportSeconds,
                (ulong)profile.EquivocationPpm),
            Create(
                "SlashingCourt",
                at.SlashingCourt,
                at.Token,
                at.Escrow,
                at.OperatorRegistry,
                at.ProviderRegistry,
                at.GridParameters,
                windows.ReportSeconds,
                windows.AppealSeconds),
            Create(
                "RewardsDistributor",
                at.RewardsDistributor,
                at.Token,
                at.AttestationLedger,
                at.GridParameters,
                plan.Treasury,
                windows.FinalitySeconds),
        ];
        if (!plan.ExistingToken.IsZero) return [.. steps];
        return [Create("GridToken", at.Token, plan.Deployer, profile.TokenSupply.ToAbi()), .. steps];
    }

    private static DeploymentStep Create(string contract, Address address, params AbiValue[] arguments) =>
        new(contract, address, Constructors.Code(contract, arguments));

    private static AbiValue EscrowSettings(ChainProfile profile, ChainContracts at) => AbiValue.List(
        at.Token,
        at.OperatorRegistry,
        at.GridParameters,
        at.RewardsDistributor,
        at.LeaseClaims,
        at.Refutations,
        profile.Windows.DisputeSeconds,
        profile.Windows.SilenceSeconds,
        profile.Windows.ExitSeconds,
        profile.ChallengeFee.ToAbi(),
        profile.VoidPenalty.ToAbi());

    private static AbiValue[] Parameters(DeploymentPlan plan, ChainContracts at)
    {
        const long Million = 1_000_000;
        var profile = plan.Profile;
        AbiValue[] parameters =
        [
            Parameter(ParameterKeys.FeeBurnPpm, profile.FeeBurnPpm, 0, Million),
            Parameter(ParameterKeys.RewardPerEra, profile.RewardPerEra.MicroUnits, 0, 10 * profile.RewardPerEra.MicroUnits),
            Parameter(ParameterKeys.CompensationPpm, profile.CompensationPpm, 0, 700_000),
            Parameter(ParameterKeys.ReporterPpm, profile.ReporterPpm, 0, 100_000),
            Parameter(ParameterKeys.MaxSlashPpm, profile.MaxSlashPpm, 1, Million),
            Parameter(ParameterKeys.SlashPpmPerHour(FaultKind.Downtime), profile.SlashPpmPerHour, 0, Million),
            Parameter(ParameterKeys.SlashPpmPerHour(FaultKind.FalseWork), 500_000, 0, Million),
        ];
        AbiValue[] grants =
        [
            AbiValue.List(ParameterRoles.Court, at.SlashingCourt),
            AbiValue.List(ParameterRoles.BondSlasher, at.Escrow),
            AbiValue.List(ParameterRoles.BondSlasher, at.AttestationLedger),
            AbiValue.List(ParameterRoles.BondLocker, at.Escrow),
        ];
        if (!plan.Arbiter.IsZero) grants = [.. grants, AbiValue.List(ParameterRoles.Arbiter, plan.Arbiter)];
        return [plan.Governor, profile.TimelockSeconds, profile.GraceSeconds, parameters, grants];
    }

    private static AbiValue Parameter(Hash256 key, long value, long min, long max) => AbiValue.List(key, value, min, max);
}
