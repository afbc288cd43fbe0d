using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace Grid.Eras;

public sealed class EraJournalGrain : Grain, IEraJournalGrain
{
    private readonly AcknowledgedState<EraJournalState> _stored;
    private readonly GridParameters _parameters;
    private readonly TimeProvider _time;

    public EraJournalGrain([PersistentState("eras")] IPersistentState<EraJournalState> storage, GridParameters parameters, TimeProvider time)
    {
        _stored = new AcknowledgedState<EraJournalState>(storage, this);
        (_parameters, _time) = (parameters, time);
    }

    private ulong? Current => _parameters.Eras.Schedule.EraAt(_time.GetUtcNow().ToUnixTimeSeconds());

    public async Task Pulse()
    {
        if (Current is not { } current) return;
        var state = _stored.Value;
        if (!state.HasBegun) state = state with { HasBegun = true, Next = current };
        state = await WithoutMissed(state, current);
        state = await WithDecided(state, current);
        if (state != _stored.Value) await _stored.Store(state);
    }

    public async Task<bool> Adopt(ulong era)
    {
        if (_stored.Value.LastCommitted >= era) return true;
        var view = await Era(era).Advance(null);
        if (!IsCommitted(view)) return false;
        await _stored.Store(After(_stored.Value with { HasBegun = true }, view));
        return true;
    }

    public Task<EraJournalView> GetView() => Task.FromResult(new EraJournalView(Current, _stored.Value.Next, _stored.Value.LastCommitted, _stored.Value.LastRecord));

    /// <summary>Writes off the eras of a long absence at once: their windows are closed and nothing of them is here.</summary>
    private async Task<EraJournalState> WithoutMissed(EraJournalState state, ulong current)
    {
        var timing = new EraTiming(_parameters.Eras.Schedule, _parameters.EraCommitWindowEras);
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        for (var looked = 0; looked < Limits.MissedErasPerPulse && state.Next < current && timing.IsMissed(state.Next, now); looked++)
        {
            var view = await Era(state.Next).GetView();
            if (view.Stage != EraStage.Observing) break;
            state = state with { Next = state.Next + 1 };
        }

        return state;
    }

    private async Task<EraJournalState> WithDecided(EraJournalState state, ulong current)
    {
        var isPending = false;
        for (var (era, looked) = (state.Next, 0); era < current && looked < Limits.ErasPerPulse; era++, looked++)
        {
            // Books are published in time, whatever the era before waits for.
            var view = await Era(era).Advance(isPending ? null : new EraBasis(state.LastRecord));

            // Nobody signs an era before the one before it is decided, or signed away: so a committed one decides all before it.
            if (IsCommitted(view)) (state, isPending) = (After(state, view), false);
            else if (view.Stage is EraStage.Missed) state = state.Next == era ? state with { Next = era + 1 } : state;
            else isPending |= !view.IsForgone;
        }

        return state;
    }

    /// <summary>The next era can only go on from a record that is here: a committed one that this operator lacks is awaited from its peers.</summary>
    private static bool IsCommitted(EraView view) => view.Stage is EraStage.Committed or EraStage.Final && !view.Record.IsZero;

    private static EraJournalState After(EraJournalState state, EraView view) =>
        state with { Next = Math.Max(state.Next, view.Era + 1), LastCommitted = view.Era, LastRecord = view.Record };

    private IEraGrain Era(ulong era) => GrainFactory.GetGrain<IEraGrain>(era.ToString(CultureInfo.InvariantCulture));
}
