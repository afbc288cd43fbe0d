using Orleans.Runtime;

namespace Orleans;

/// <summary>Where reminders are kept.</summary>
public interface IReminderTable
{
    Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>The rows of one grain.</summary>
    Task<ReminderTableData> ReadRows(GrainId grainId);

    /// <summary>
    /// The rows whose grain's <see cref="GrainId.GetUniformHashCode"/> lies in (begin, end], wrapping around where begin ≥ end: (0, 0) is every row.
    /// </summary>
    Task<ReminderTableData> ReadRows(uint begin, uint end);

    /// <summary>The row, or null where there is none.</summary>
    Task<ReminderEntry> ReadRow(GrainId grainId, string reminderName);

    /// <summary>Inserts the row, or replaces it whatever its ETag is; returns the new ETag.</summary>
    Task<string> UpsertRow(ReminderEntry entry);

    /// <summary>Whether a row with this ETag was there and is gone now.</summary>
    Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);

    Task TestOnlyClearTable();
}
