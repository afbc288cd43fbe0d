using Grid.Protocol;
using Orleans;
using Orleans.Runtime;

namespace Grid.Gpus;

public sealed class GpuGrain : Grain, IGpuGrain
{
    private readonly AcknowledgedState<GpuState> _stored;
    private readonly TimeProvider _time;

    public GpuGrain([PersistentState("gpu")] IPersistentState<GpuState> storage, TimeProvider time)
    {
        _stored = new AcknowledgedState<GpuState>(storage, this);
        _time = time;
    }

    public Task<GpuHoldResult> Hold(GpuHold hold) => Commit(Gpu.Hold(_stored.Value, hold, _time.GetUtcNow()));

    public Task<bool> Confirm(LeaseId lease) => Commit(Gpu.Confirm(_stored.Value, lease, _time.GetUtcNow()));

    public Task Release(LeaseId lease) => Commit(Gpu.Release(_stored.Value, lease));

    public Task<GpuView> GetView() => Task.FromResult(Gpu.View(_stored.Value, _time.GetUtcNow()));

    private async Task<TResult> Commit<TResult>(Decision<GpuState, TResult> decision)
    {
        if (decision.HasChanged) await _stored.Store(decision.State);
        return decision.Result;
    }
}
