namespace Grid.Runtime.Storage;

/// <summary>Stores a state over the version it was read at; null where there was no row.</summary>
internal sealed class StateWrite(RowKey key, long? expected, ReadOnlyMemory<byte> payload) : PendingWrite<RowOutcome>
{
    public override int PayloadBytes => payload.Length;

    protected override RowOutcome Change(Writer writer)
    {
        var version = writer.NextVersion();
        var written = expected is { } stored
            ? writer.States.Update(key, stored, version, payload.Span)
            : writer.States.Insert(key, version, payload.Span);
        if (!written) return RowOutcome.Conflict(writer.States.Version(key));
        writer.RowsChanged++;
        return RowOutcome.Done(version);
    }
}

/// <summary>Deletes a state at the version it was read at; null where there was no row.</summary>
internal sealed class StateClear(RowKey key, long? expected) : PendingWrite<RowOutcome>
{
    protected override RowOutcome Change(Writer writer)
    {
        if (expected is { } stored && writer.States.Delete(key, stored))
        {
            writer.RowsChanged++;
            return RowOutcome.Done(null);
        }
        var found = writer.States.Version(key);
        return found == expected ? RowOutcome.Done(null) : RowOutcome.Conflict(found);
    }
}
