using Orleans;
using Orleans.Runtime;

namespace Grid.Runtime.Storage;

/// <summary>Reminders in a <see cref="SqliteStore"/>; every change is durable before it is acknowledged.</summary>
public sealed class SqliteReminderTable(SqliteStore store) : IReminderTable
{
    public async Task<ReminderTableData> ReadRows(GrainId grainId) =>
        Table(await store.ReadAsync(grainId.ToString(), static (reader, grain) => reader.Reminders.OfGrain(grain)));

    public async Task<ReminderTableData> ReadRows(uint begin, uint end) =>
        Table(await store.ReadAsync((begin, end), static (reader, range) => reader.Reminders.InRange(range.begin, range.end)));

    public async Task<ReminderEntry> ReadRow(GrainId grainId, string reminderName)
    {
        var row = await store.ReadAsync(new RowKey(grainId.ToString(), reminderName), static (reader, key) => reader.Reminders.Find(key));
        return row is { } found ? Entry(found) : null!;
    }

    public async Task<string> UpsertRow(ReminderEntry entry)
    {
        var key = new RowKey(entry.GrainId.ToString(), entry.ReminderName);
        var row = new ReminderRow(key, entry.GrainId.GetUniformHashCode(), UtcTicks(entry.StartAt), entry.Period.Ticks, Version: 0);
        return ETag.Text(await store.WriteAsync(new ReminderUpsert(row)))!;
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        ETag.Version(eTag) is { } version && await store.WriteAsync(new ReminderRemoval(new RowKey(grainId.ToString(), reminderName), version));

    public Task TestOnlyClearTable() => store.WriteAsync(new ReminderClearing());

    /// <summary>A time without a kind is UTC, as everywhere in the actor model.</summary>
    private static long UtcTicks(DateTime time) => (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).Ticks;

    private static ReminderTableData Table(List<ReminderRow> rows) => new(rows.Select(Entry));

    private static ReminderEntry Entry(ReminderRow row) => new()
    {
        GrainId = GrainId.Parse(row.Key.Grain),
        ReminderName = row.Key.Name,
        StartAt = new DateTime(row.StartAtTicks, DateTimeKind.Utc),
        Period = new TimeSpan(row.PeriodTicks),
        ETag = ETag.Text(row.Version)!,
    };
}
