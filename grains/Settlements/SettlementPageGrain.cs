using Orleans;
using Orleans.Runtime;

namespace Grid.Settlements;

public sealed class SettlementPageGrain : Grain, ISettlementPageGrain
{
    private readonly AcknowledgedState<SettlementPageState> _stored;

    public SettlementPageGrain([PersistentState("settlementPage")] IPersistentState<SettlementPageState> storage) =>
        _stored = new AcknowledgedState<SettlementPageState>(storage, this);

    public Task Store(SettlementPart part) => _stored.Store(new SettlementPageState { Part = part });

    public Task<SettlementPart?> Get() => Task.FromResult(_stored.Value.Part);

    public async Task<bool> Discard()
    {
        if (!_stored.Exists) return false;
        await _stored.Clear();
        return true;
    }
}
