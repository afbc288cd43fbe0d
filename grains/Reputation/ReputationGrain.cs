using Grid.Providers;
using Orleans;
using Orleans.Runtime;

namespace Grid.Reputation;

public sealed class ReputationGrain : Grain, IReputationGrain
{
    private readonly AcknowledgedState<ReputationState> _stored;
    private readonly TimeProvider _time;

    public ReputationGrain([PersistentState("reputation")] IPersistentState<ReputationState> storage, TimeProvider time)
    {
        _stored = new AcknowledgedState<ReputationState>(storage, this);
        _time = time;
    }

    public async Task Record(LeaseOutcome outcome)
    {
        var decision = Reputations.Record(_stored.Value, outcome);
        if (!decision.HasChanged) return;
        await _stored.Store(decision.State);
        await GrainFactory.GetGrain<IProviderGrain>(this.GetPrimaryKeyString()).LookAgain();
    }

    public Task<ReputationStanding> GetStanding() => Task.FromResult(Reputations.Standing(_stored.Value, _time.GetUtcNow()));
}
