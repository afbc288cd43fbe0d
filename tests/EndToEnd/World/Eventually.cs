using System.Diagnostics;

namespace Grid.Tests.EndToEnd.World;

/// <summary>Waits for what must come true, and says what it was instead when it does not.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<T> Gives<T>(Func<Task<T>> ask, Func<T, bool> isWanted, string what, int withinSeconds = 30, Func<T, string>? describe = null)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (isWanted(answer)) return answer;
            if (Stopwatch.GetElapsedTime(start).TotalSeconds >= withinSeconds) Assert.Fail($"{what} within {withinSeconds} s; last seen: {describe?.Invoke(answer) ?? $"{answer}"}");
            await Task.Delay(Pause);
        }
    }

    public static Task True(Func<bool> isTrue, string what, int withinSeconds = 30) => Gives(() => Task.FromResult(isTrue()), static answer => answer, what, withinSeconds);
}
