using System.Collections.Immutable;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;
using Grid.Providers;
using Orleans;
using Orleans.Runtime;

namespace Grid.Reputation;

public sealed class ReputationGrain : Grain, IReputationGrain
{
    private readonly AcknowledgedState<ReputationState> _stored;
    private readonly GridParameters _parameters;
    private readonly GridIdentity _identity;
    private readonly TimeProvider _time;

    public ReputationGrain(
        [PersistentState("reputation")] IPersistentState<ReputationState> storage,
        GridParameters parameters,
        GridIdentity identity,
        TimeProvider time)
    {
        _stored = new AcknowledgedState<ReputationState>(storage, this);
        (_parameters, _identity, _time) = (parameters, identity, time);
    }

    private ProviderId Id => ProviderId.Parse(this.GetPrimaryKeyString());

    public async Task Record(LeaseOutcome outcome)
    {
        var decision = Reputations.Record(_stored.Value, outcome);
        if (!decision.HasChanged) return;
        await _stored.Store(decision.State);
        await GrainFactory.GetGrain<IProviderGrain>(this.GetPrimaryKeyString()).LookAgain();
    }

    public Task Observe(SlotReport report)
    {
        // Whom nothing holds to its word earns nothing, however its lease began.
        var counted = _stored.Value.Stake < _parameters.MinStake ? report with { LeasedMilli = 0 } : report;
        return StoreIfChanged(Observing.Observe(_stored.Value, counted, _parameters.Eras.Schedule));
    }

    public Task Challenged(ChallengeOutcome outcome) => StoreIfChanged(Observing.Challenged(_stored.Value, outcome));

    public async Task Conclude(ulong era, EraRow row)
    {
        var decision = Observing.Conclude(_stored.Value, era, row, _parameters.Eras);
        if (!decision.HasChanged) return;
        await _stored.Store(decision.State);
        await GrainFactory.GetGrain<IProviderGrain>(this.GetPrimaryKeyString()).LookAgain();
    }

    public async Task RecordSlash(SlashRecord slash)
    {
        var decision = StakeSlashes.Record(_stored.Value, slash);
        if (!decision.HasChanged) return;
        await _stored.Store(decision.State);
        await GrainFactory.GetGrain<IProviderGrain>(this.GetPrimaryKeyString()).LookAgain();
    }

    public async Task SetStake(Money stake)
    {
        if (_stored.Value.Stake == stake) return;
        await _stored.Store(_stored.Value with { Stake = stake });
        await GrainFactory.GetGrain<IProviderGrain>(this.GetPrimaryKeyString()).LookAgain();
    }

    public Task<ProviderObservation?> GetObservation(ulong era) => Task.FromResult(Observing.Observation(Id, _stored.Value, era, _parameters.Eras.Schedule));

    public async Task<string?> Announce(Signed<Maintenance> notice)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var decision = Maintenances.Announce(_stored.Value, Id, notice, _identity, _parameters.Eras.Schedule, now);
        if (!decision.HasChanged) return decision.Result;
        await _stored.Store(decision.State);
        await GrainFactory.GetGrain<IProviderGrain>(this.GetPrimaryKeyString()).LookAgain();
        return null;
    }

    public Task<ImmutableArray<AnnouncedMaintenance>> GetMaintenance() => Task.FromResult(_stored.Value.Maintenance);

    public Task<ReputationStanding> GetStanding() => Task.FromResult(Reputations.Standing(_stored.Value, _time.GetUtcNow()));

    private Task StoreIfChanged(Decision<ReputationState, bool> decision) => decision.HasChanged ? _stored.Store(decision.State) : Task.CompletedTask;
}
