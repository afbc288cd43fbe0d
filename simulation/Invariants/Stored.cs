using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Deployments;
using Grid.Gpus;
using Grid.Leases;
using Grid.Protocol;
using Grid.Providers;
using Grid.Runtime.Simulation;
using Orleans.Runtime;

namespace Grid.Simulation;

/// <summary>What the store holds at this instant, by the names that the grains keep it under.</summary>
internal static class Stored
{
    private static readonly AccountState NoAccount = new();
    private static readonly GpuState NoGpu = new();
    private static readonly CapacityLedger NothingPromised = new();

    /// <summary>Null until it has opened: a record without a phase only fences.</summary>
    public static LeaseState? Lease(this SimulatedGrainStorage storage, LeaseHistory history) =>
        storage.Peek<LeaseState>("lease", history.GrainId) is { Phase: not LeasePhase.None } lease ? lease : null;

    public static AccountState Account(this SimulatedGrainStorage storage, Address address) =>
        storage.Peek<AccountState>("account", GrainId.Create("account", address.ToString())) ?? NoAccount;

    public static Money Deposited(this SimulatedGrainStorage storage, Address address) =>
        storage.Peek<LocalLedgerState>("ledger", GrainId.Create("localledger", address.ToString()))?.Deposited ?? Money.Zero;

    public static GpuState Gpu(this SimulatedGrainStorage storage, ProviderId provider, string uuid) =>
        storage.Peek<GpuState>("gpu", GrainId.Create("gpu", new GpuKey(provider, uuid).ToString())) ?? NoGpu;

    public static CapacityLedger Promised(this SimulatedGrainStorage storage, ProviderId provider) =>
        storage.Peek<ProviderLedgerState>("promised", GrainId.Create("provider", provider.ToString()))?.Ledger ?? NothingPromised;

    public static DeploymentState? Deployment(this SimulatedGrainStorage storage, DeploymentId deployment) =>
        storage.Peek<DeploymentState>("deployment", GrainId.Create("deployment", deployment.ToString()));
}
