namespace Grid.Tests.Silo.World;

/// <summary>Waits for a condition, with a deadline that only a broken program reaches.</summary>
internal static class Until
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    public static async Task<T> Is<T>(string what, Func<Task<T>> look, Func<T, bool> isIt)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (isIt(seen)) return seen;
            Assert.True(TimeProvider.System.GetElapsedTime(started) < s_deadline, $"Expected within {s_deadline}: {what}. Seen last: {seen}");
            await Task.Delay(s_pause);
        }
    }

    public static Task True(string what, Func<bool> isIt) => Is(what, () => Task.FromResult(isIt()), static seen => seen);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(s_deadline);

    public static Task InTime(this Task task) => task.WaitAsync(s_deadline);
}
