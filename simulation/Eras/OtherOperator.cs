using System.Globalization;
using Grid.Chain.Crypto;
using Grid.Eras;
using Grid.Protocol.Api;
using Grid.Protocol.Slashing;
using Grid.Slashing;

namespace Grid.Simulation;

/// <summary>What one operator gets from another one: nothing while that one is down.</summary>
internal sealed class OtherOperator(World other) : IEraPeer
{
    public async Task<EraOverview?> GetOverviewAsync()
    {
        if (!other.Virtual.IsUp) return null;
        var journal = await World.Ask(() => other.Grains.GetGrain<IEraJournalGrain>(IEraJournalGrain.Key).GetView());
        if (journal is null) return null;
        return new EraOverview(journal.Current, journal.NextUndecided, journal.LastCommitted, 0, 1, 1, default, []);
    }

    public async Task<EraStatus?> GetEraAsync(ulong era, CancellationToken cancellation)
    {
        if (!other.Virtual.IsUp) return null;
        return (await World.Ask(() => other.Grains.GetGrain<IEraGrain>(era.ToString(CultureInfo.InvariantCulture)).GetView()))?.Status();
    }

    public Task<byte[]?> GetFileAsync(Hash256 hash, CancellationToken cancellation) =>
        Task.FromResult(other.Virtual.IsUp ? other.Eras!.Files.Find(hash) : null);

    public async Task<Signature?> WitnessAsync(FaultClaim claim)
    {
        if (!other.Virtual.IsUp) return null;
        return (await World.Ask(() => other.Grains.GetGrain<ISlashingGrain>(claim.Fault.Provider.ToString()).Witness(claim)))?.Signature;
    }
}
