using Orleans;
using Orleans.Runtime;

namespace Grid.Tests.Runtime.Grains;

public interface IReminderGrain : IGrainWithStringKey
{
    Task Register(string name, TimeSpan due, TimeSpan period);

    Task Unregister(string name);

    Task<string> Names();

    Task<TickStatus[]> Ticks();
}

public sealed class ReminderGrain : Grain, IReminderGrain, IRemindable
{
    private readonly List<TickStatus> _ticks = [];

    public Task Register(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task Unregister(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public async Task<string> Names() => string.Join(' ', (await this.GetReminders()).Select(r => r.ReminderName));

    public Task<TickStatus[]> Ticks() => Task.FromResult(_ticks.ToArray());

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _ticks.Add(status);
        return Task.CompletedTask;
    }
}
