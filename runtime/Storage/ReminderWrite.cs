namespace Grid.Runtime.Storage;

/// <summary>Stores a reminder over whatever is there. The result is its new version.</summary>
internal sealed class ReminderUpsert(ReminderRow row) : PendingWrite<long>
{
    protected override long Change(Writer writer)
    {
        var version = writer.NextVersion();
        writer.RowsChanged += writer.Reminders.Upsert(row with { Version = version });
        return version;
    }
}

/// <summary>Removes a reminder at one version. The result is whether it was there.</summary>
internal sealed class ReminderRemoval(RowKey key, long expected) : PendingWrite<bool>
{
    protected override bool Change(Writer writer)
    {
        var rows = writer.Reminders.Delete(key, expected);
        writer.RowsChanged += rows;
        return rows == 1;
    }
}

internal sealed class ReminderClearing : PendingWrite<int>
{
    protected override int Change(Writer writer)
    {
        var rows = writer.Reminders.Clear();
        writer.RowsChanged += rows;
        return rows;
    }
}
