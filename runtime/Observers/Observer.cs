using Grid.Runtime.Activations;
using Orleans;

namespace Grid.Runtime.Observers;

/// <summary>Runs the calls to one observer, one at a time in order.</summary>
internal sealed class Observer(IHost host, IGrainObserver target) : CallQueue(host)
{
    public override object Target => target;

    // Filters guard grains; an observer belongs to whoever made it.
    public override IIncomingGrainCallFilter[] Filters => [];

    protected override bool IsOpen => true;

    /// <summary>Drops what waits: the callers of observers send one-way, or run into their timeout.</summary>
    public void End() => Drop();
}
