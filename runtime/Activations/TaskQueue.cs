namespace Grid.Runtime.Activations;

/// <summary>A queue for the silo's own work: tasks only, no requests.</summary>
internal sealed class TaskQueue(IHost host) : TurnQueue(host)
{
    /// <summary>Starts an asynchronous action here; what it awaits comes back here.</summary>
    public Task StartAsync(Func<Task> action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    public void End() => Drop();

    protected override void Start(Request request) => throw new NotSupportedException("a task queue runs no requests");
}
