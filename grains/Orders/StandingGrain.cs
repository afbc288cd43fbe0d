using Grid.Protocol;
using Grid.Providers;
using Orleans;
using Orleans.Runtime;

namespace Grid.Orders;

public sealed class StandingGrain(GridParameters parameters, TimeProvider time) : Grain, IStandingGrain
{
    private readonly StandingBook _book = new();
    private IGrainTimer? _timer;

    public Task Wait(StandingOrder order)
    {
        if (_book.TryAdd(order, time.GetUtcNow())) _timer ??= this.RegisterGrainTimer(_ => KeepRoom(), Every(parameters.Tick));
        return Task.CompletedTask;
    }

    public Task Leave(OrderId order)
    {
        _book.Remove(order);
        return Task.CompletedTask;
    }

    /// <summary>The oldest that can use it is told; after it has taken its room, the provider says what is left.</summary>
    public async Task CapacityAt(ProviderId provider)
    {
        var waiting = _book.Oldest();
        if (waiting.IsEmpty) return;
        var room = GrainFactory.GetGrain<IProviderGrain>(provider.ToString());
        var fits = await room.Fits([.. waiting.Select(static order => order.Requirement)]);
        var queue = waiting.Select(order => new Waiting(order.Order, order.Since, _book.IsKeptElsewhere(order.Order, provider)));
        if (StandingRule.Next([.. queue], fits.AsSpan(), parameters.StandingPatience, time.GetUtcNow()) is not { } next) return;
        await Keep(waiting.First(order => order.Order == next.Order), provider, next.Drains);
    }

    /// <summary>Room is kept for a few ticks at a time; whoever fits by now is told again.</summary>
    private async Task KeepRoom()
    {
        _book.DropBefore(time.GetUtcNow() - parameters.Tick * Limits.StandingTicks);
        if (_book.IsEmpty)
        {
            _timer?.Dispose();
            _timer = null;
            return;
        }

        foreach (var (order, at) in _book.Kept) await Keep(order, at, drains: true);
    }

    private async Task Keep(StandingOrder order, ProviderId provider, bool drains)
    {
        var room = GrainFactory.GetGrain<IProviderGrain>(provider.ToString());
        var answer = await room.KeepRoom(new RoomRequest(order.Order, order.Since, order.Requirement, drains));
        _book.Keep(order.Order, answer is { IsKept: true, Fit: RoomFit.Later } ? provider : null);
        if (answer.Fit == RoomFit.Now) await GrainFactory.GetGrain<IOrderGrain>(order.Order.ToString()).LookAgain();
    }

    private static GrainTimerCreationOptions Every(TimeSpan period) => new() { DueTime = period, Period = period, KeepAlive = true };
}
