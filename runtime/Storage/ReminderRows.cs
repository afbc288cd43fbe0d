namespace Grid.Runtime.Storage;

/// <summary>The prepared statements of the reminder table on one connection.</summary>
internal sealed class ReminderRows(Connection connection) : IDisposable
{
    private const string Columns = "SELECT grain, name, hash, start_at_ticks, period_ticks, version FROM reminder ";

    private readonly Statement _find = connection.Prepare(Columns + "WHERE grain = ?1 AND name = ?2");
    private readonly Statement _ofGrain = connection.Prepare(Columns + "WHERE grain = ?1 ORDER BY name");
    private readonly Statement _inRange = connection.Prepare(Columns + "WHERE hash > ?1 AND hash <= ?2 ORDER BY hash, grain, name");
    private readonly Statement _wrapped = connection.Prepare(Columns + "WHERE hash > ?1 OR hash <= ?2 ORDER BY hash, grain, name");
    private readonly Statement _delete = connection.Prepare("DELETE FROM reminder WHERE grain = ?1 AND name = ?2 AND version = ?3");
    private readonly Statement _clear = connection.Prepare("DELETE FROM reminder");
    private readonly Statement _upsert = connection.Prepare("""
        INSERT INTO reminder (grain, name, hash, start_at_ticks, period_ticks, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (grain, name) DO UPDATE SET hash = ?3, start_at_ticks = ?4, period_ticks = ?5, version = ?6
        """);

    public ReminderRow? Find(RowKey key)
    {
        var rows = ReadAll(_find.Bind(1, key.Grain).Bind(2, key.Name));
        return rows.Count == 0 ? null : rows[0];
    }

    public List<ReminderRow> OfGrain(string grain) => ReadAll(_ofGrain.Bind(1, grain));

    /// <summary>Hashes in (begin, end] on the ring of 32-bit hashes: over its end when begin is not below end, all of it when they are equal.</summary>
    public List<ReminderRow> InRange(uint begin, uint end) => ReadAll((begin < end ? _inRange : _wrapped).Bind(1, begin).Bind(2, end));

    public int Upsert(ReminderRow row) =>
        _upsert.Bind(1, row.Key.Grain).Bind(2, row.Key.Name).Bind(3, row.Hash).Bind(4, row.StartAtTicks).Bind(5, row.PeriodTicks).Bind(6, row.Version).Run();

    public int Delete(RowKey key, long expected) => _delete.Bind(1, key.Grain).Bind(2, key.Name).Bind(3, expected).Run();

    public int Clear() => _clear.Run();

    public void Dispose()
    {
        foreach (var statement in new[] { _find, _ofGrain, _inRange, _wrapped, _delete, _clear, _upsert }) statement.Dispose();
    }

    private static List<ReminderRow> ReadAll(Statement statement)
    {
        var rows = new List<ReminderRow>();
        try
        {
            while (statement.Step())
            {
                if (rows.Count == Limits.ReminderRows) throw new StoreUnavailableException($"More than {Limits.ReminderRows} reminders in one read: ask for a smaller range.");
                rows.Add(ReadRow(statement));
            }
            return rows;
        }
        finally
        {
            statement.Reset();
        }
    }

    private static ReminderRow ReadRow(Statement row) =>
        new(new RowKey(row.Text(0), row.Text(1)), (uint)row.Number(2), row.Number(3), row.Number(4), row.Number(5));
}
