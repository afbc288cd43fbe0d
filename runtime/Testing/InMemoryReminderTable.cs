using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace Grid.Runtime.Testing;

/// <summary>Reminders in memory.</summary>
public sealed class InMemoryReminderTable : IReminderTable
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(GrainId Grain, string Name), ReminderEntry> _rows = [];
    private long _lastETag;

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Read(row => row.GrainId == grainId);

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Read(row =>
    {
        var hash = row.GrainId.GetUniformHashCode();
        return begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
    });

    public Task<ReminderEntry> ReadRow(GrainId grainId, string reminderName)
    {
        lock (_gate)
            return Task.FromResult(_rows.TryGetValue((grainId, reminderName), out var row) ? Copy(row, row.ETag) : null!);
    }

    public Task<string> UpsertRow(ReminderEntry entry)
    {
        lock (_gate)
        {
            var etag = (++_lastETag).ToString(CultureInfo.InvariantCulture);
            _rows[(entry.GrainId, entry.ReminderName)] = Copy(entry, etag);
            return Task.FromResult(etag);
        }
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        lock (_gate)
        {
            var isThere = _rows.TryGetValue((grainId, reminderName), out var row) && row.ETag == eTag;
            return Task.FromResult(isThere && _rows.Remove((grainId, reminderName)));
        }
    }

    public Task TestOnlyClearTable()
    {
        lock (_gate)
            _rows.Clear();
        return Task.CompletedTask;
    }

    private Task<ReminderTableData> Read(Func<ReminderEntry, bool> where)
    {
        lock (_gate)
            return Task.FromResult(new ReminderTableData(_rows.Values.Where(where).Select(row => Copy(row, row.ETag))));
    }

    private static ReminderEntry Copy(ReminderEntry row, string etag) => new()
    {
        GrainId = row.GrainId,
        ReminderName = row.ReminderName,
        StartAt = row.StartAt,
        Period = row.Period,
        ETag = etag,
    };
}
