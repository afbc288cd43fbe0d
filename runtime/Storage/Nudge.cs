namespace Grid.Runtime.Storage;

/// <summary>Changes nothing: a read sends it ahead after a fault, so that the store puts itself right or says why it cannot.</summary>
internal sealed class Nudge : PendingWrite<bool>
{
    protected override bool Change(Writer writer) => true;
}
