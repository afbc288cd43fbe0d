namespace Grid.Runtime.Storage;

/// <summary>What a reader of a state row makes of it; the bytes are valid only during the call.</summary>
internal delegate TResult RowReading<in TArgument, out TResult>(TArgument argument, long version, ReadOnlySpan<byte> payload);

/// <summary>The prepared statements of the state table on one connection.</summary>
internal sealed class StateRows(Connection connection) : IDisposable
{
    private readonly Statement _find = connection.Prepare("SELECT version, payload FROM state WHERE grain = ?1 AND name = ?2");
    private readonly Statement _insert = connection.Prepare("INSERT INTO state (grain, name, version, payload) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");
    private readonly Statement _update = connection.Prepare("UPDATE state SET version = ?3, payload = ?4 WHERE grain = ?1 AND name = ?2 AND version = ?5");
    private readonly Statement _delete = connection.Prepare("DELETE FROM state WHERE grain = ?1 AND name = ?2 AND version = ?3");

    public bool Insert(RowKey key, long version, ReadOnlySpan<byte> payload) =>
        _insert.Bind(1, key.Grain).Bind(2, key.Name).Bind(3, version).Bind(4, payload).Run() == 1;

    public bool Update(RowKey key, long expected, long version, ReadOnlySpan<byte> payload) =>
        _update.Bind(1, key.Grain).Bind(2, key.Name).Bind(3, version).Bind(4, payload).Bind(5, expected).Run() == 1;

    public bool Delete(RowKey key, long expected) => _delete.Bind(1, key.Grain).Bind(2, key.Name).Bind(3, expected).Run() == 1;

    public long? Version(RowKey key) => Read<object?, long?>(key, null, static (_, version, _) => version);

    /// <returns>What the reading made of the row; the default when there is none.</returns>
    public TResult? Read<TArgument, TResult>(RowKey key, TArgument argument, RowReading<TArgument, TResult> reading)
    {
        try
        {
            return _find.Bind(1, key.Grain).Bind(2, key.Name).Step() ? reading(argument, _find.Number(0), _find.Blob(1)) : default;
        }
        finally
        {
            _find.Reset();
        }
    }

    public void Dispose()
    {
        _find.Dispose();
        _insert.Dispose();
        _update.Dispose();
        _delete.Dispose();
    }
}
