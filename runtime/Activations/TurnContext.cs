namespace Grid.Runtime.Activations;

/// <summary>Brings what a turn awaits back to its queue.</summary>
internal sealed class TurnContext(TurnQueue queue) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => queue.Post(d, state);

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("a turn waits for nothing");

    public override SynchronizationContext CreateCopy() => this;
}
