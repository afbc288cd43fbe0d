using Orleans;
using Orleans.Runtime;

namespace Grid.Tests.Runtime.Grains;

public interface IRelayGrain : IGrainWithStringKey
{
    Task<int> AddThrough(string counter, int amount);

    /// <summary>Ticks of a timer until the activation ends.</summary>
    Task StartTimer(TimeSpan period);

    Task<int> Ticks();

    Task Remind(TimeSpan due);

    Task<int> Reminded();
}

public sealed class RelayGrain : Grain, IRelayGrain, IRemindable
{
    private int _ticks;
    private int _reminded;

    public async Task<int> AddThrough(string counter, int amount)
    {
        var grain = GrainFactory.GetGrain<ICounterGrain>(counter);
        var value = await grain.Add(amount);
        await grain.Save();
        return value;
    }

    public Task StartTimer(TimeSpan period)
    {
        this.RegisterGrainTimer(Tick, period, period);
        return Task.CompletedTask;
    }

    public Task<int> Ticks() => Task.FromResult(_ticks);

    public Task Remind(TimeSpan due) => this.RegisterOrUpdateReminder("wake", due, TimeSpan.FromMinutes(1));

    public Task<int> Reminded() => Task.FromResult(_reminded);

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _reminded++;
        if (await this.GetReminder(reminderName) is { } reminder)
            await this.UnregisterReminder(reminder);
    }

    private Task Tick()
    {
        _ticks++;
        return Task.CompletedTask;
    }
}
