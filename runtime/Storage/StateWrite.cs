namespace Grid.Runtime.Storage;

/// <summary>Stores a state over the row it was read from; null where there was none.</summary>
internal sealed class StateWrite(RowKey key, StateTag? expected, ReadOnlyMemory<byte> payload) : PendingWrite<RowOutcome>
{
    public override int PayloadBytes => payload.Length;

    protected override RowOutcome Change(Writer writer)
    {
        var version = writer.NextVersion();
        var written = expected is { } stored
            ? writer.States.Update(stored, version, payload.Span)
            : writer.States.Insert(key, version, payload.Span);
        if (written is null) return RowOutcome.Conflict(writer.States.Find(key));
        writer.RowsChanged++;
        return RowOutcome.Done(written);
    }
}

/// <summary>Deletes the row that a state was read from; null where there was none.</summary>
internal sealed class StateClear(RowKey key, StateTag? expected) : PendingWrite<RowOutcome>
{
    protected override RowOutcome Change(Writer writer)
    {
        if (expected is { } stored && writer.States.Delete(stored))
        {
            writer.RowsChanged++;
            return RowOutcome.Done(null);
        }
        var found = writer.States.Find(key);
        return found == expected ? RowOutcome.Done(null) : RowOutcome.Conflict(found);
    }
}
