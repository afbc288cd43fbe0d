using Grid.Accounts;
using Grid.Deployments;
using Grid.Leases;
using Grid.Providers;
using Grid.Slashing;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Grid.Shards;

// Reentrant, so that joins which wait at the same time share one durable write: every change is one synchronous step over the pending state.
[Reentrant]
public sealed class ShardGrain : Grain, IShardGrain, IRemindable
{
    private const string SweepReminder = "sweep";

    private readonly AcknowledgedState<ShardState> _stored;
    private readonly SharedWrite _write;
    private ShardState? _pending;
    private bool _isReminded;

    public ShardGrain([PersistentState("shard")] IPersistentState<ShardState> storage)
    {
        _stored = new AcknowledgedState<ShardState>(storage, this);
        _write = new SharedWrite(() => _stored.Store(Pending));
    }

    private ShardState Pending => _pending ?? _stored.Value;

    public async Task<bool> Join(string member)
    {
        // First the reminder: a member that is listed and never swept would be lost, a reminder without members ends by itself.
        await RemindOnce();
        var isFull = ShardMembers.Count(Pending) >= Limits.MembersPerPage && !ShardMembers.Contains(Pending, member);
        if (!isFull) await Commit(ShardMembers.With(Pending, member));
        else await Commit(Pending.HasNext ? Pending : Pending with { HasNext = true });
        return !isFull;
    }

    public async Task<bool> Leave(string member)
    {
        if (!ShardMembers.Contains(Pending, member)) return false;
        await Commit(ShardMembers.Without(Pending, member));
        return true;
    }

    public Task<ShardPage> List() => Task.FromResult(new ShardPage([.. ShardMembers.All(_stored.Value)], _stored.Value.HasNext));

    public async Task Sweep()
    {
        var kind = ShardKey.Parse(this.GetPrimaryKeyString()).Kind;
        foreach (var batch in ShardMembers.All(_stored.Value).Chunk(Limits.HintsAtOnce))
            await Task.WhenAll(batch.Select(member => Member(kind, member)?.LookAgain() ?? Task.CompletedTask));
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await Sweep();
        if (ShardMembers.Count(Pending) > 0 || ShardMembers.Count(_stored.Value) > 0) return;

        // Whoever joins from here on registers it again: then it is no longer this one that would be removed.
        _isReminded = false;
        if (await this.GetReminder(SweepReminder) is { } reminder && !_isReminded) await this.UnregisterReminder(reminder);
    }

    private ISweptGrain? Member(ShardKind kind, string member) => kind switch
    {
        ShardKind.Deployments => GrainFactory.GetGrain<IDeploymentGrain>(member),
        ShardKind.Leases => GrainFactory.GetGrain<ILeaseGrain>(member),
        ShardKind.Providers => GrainFactory.GetGrain<IProviderGrain>(member),
        ShardKind.Accounts => GrainFactory.GetGrain<IAccountGrain>(member),
        ShardKind.Slashings => GrainFactory.GetGrain<ISlashingGrain>(member),
        _ => null,
    };

    private async Task Commit(ShardState next)
    {
        if (!ReferenceEquals(next, Pending)) _pending = next;
        if (_pending is not null && !ReferenceEquals(_pending, _stored.Value)) await _write.Completed();
    }

    /// <summary>A reminder of a minute is the longest that a lost hint can go unnoticed.</summary>
    private async Task RemindOnce()
    {
        if (_isReminded) return;
        await this.RegisterOrUpdateReminder(SweepReminder, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        _isReminded = true;
    }
}
