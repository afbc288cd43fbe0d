namespace Grid.Runtime.Calls;

/// <summary>The result of a method that returns none.</summary>
internal readonly struct Nothing
{
    public static ValueTask<Nothing> From(Task task) => task.IsCompletedSuccessfully ? default : new ValueTask<Nothing>(AwaitAsync(task));

    public static ValueTask<Nothing> From(ValueTask task) => task.IsCompletedSuccessfully ? default : From(task.AsTask());

    private static async Task<Nothing> AwaitAsync(Task task)
    {
        await task;
        return default;
    }
}
