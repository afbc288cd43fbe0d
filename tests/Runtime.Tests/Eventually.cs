namespace Grid.Tests.Runtime;

internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Waits until the condition holds, and fails when it does not come to hold.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        using var stop = new CancellationTokenSource(Deadline);
        while (!await condition())
        {
            Assert.False(stop.IsCancellationRequested, $"the condition did not hold within {Deadline}");
            await Task.Yield();
        }
    }

    public static Task HoldsAsync(Func<bool> condition) => HoldsAsync(() => Task.FromResult(condition()));
}
