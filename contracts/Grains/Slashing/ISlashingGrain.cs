using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Slashing;
using Grid.Shards;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Slashing;

/// <summary>
/// What a provider is accused of: silence in leases of this operator, what others ask this operator to sign, and every case of it on the chain. Key: the
/// provider's address.
/// </summary>
[Alias("Grid.Slashing.ISlashingGrain")]
public interface ISlashingGrain : ISweptGrain
{
    /// <summary>A lease of this operator ended because its provider was silent: its silence is looked at when the era's books are there. Idempotent.</summary>
    [Alias("Watch")]
    Task Watch(LeaseId lease);

    /// <summary>
    /// When the provider was down in an era, by the operators' books: again with more of them. A second that is reported already is not
    /// reported again, nor is one before it. Durable when it returns.
    /// </summary>
    [Alias("Examine")]
    Task Examine(DownReport report);

    /// <summary>Another operator shows a claim and asks for this operator's signature. What it signs is stored first.</summary>
    [Alias("Witness")]
    Task<WitnessAnswer> Witness(FaultClaim claim);

    /// <summary>Another operator's signature under a fault that this operator reports. Idempotent.</summary>
    [Alias("TakeVote")]
    Task TakeVote(Hash256 fault, Signature signature);

    /// <summary>What has become of a case, for good. Idempotent; in the order of the chain.</summary>
    [Alias("Learn")]
    Task Learn(CaseNews news);

    // A pure read of acknowledged state.
    [AlwaysInterleave]
    [Alias("GetView")]
    Task<SlashingView> GetView();
}
