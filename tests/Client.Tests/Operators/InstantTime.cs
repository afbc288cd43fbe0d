namespace Grid.Tests.Client.Operators;

/// <summary>Pauses between attempts are over at once; deadlines never come.</summary>
internal sealed class InstantTime : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(6);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime <= LongestPause && dueTime >= TimeSpan.Zero ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
