namespace Grid.Runtime.Storage;

/// <summary>What a reader of a state row makes of it; the bytes are valid only during the call.</summary>
internal delegate TResult RowReading<in TArgument, out TResult>(TArgument argument, StateTag tag, ReadOnlySpan<byte> payload);

/// <summary>The prepared statements of the state table on one connection.</summary>
internal sealed class StateRows(Connection connection) : IDisposable
{
    private readonly Statement _find = connection.Prepare("SELECT id, version, payload FROM state WHERE grain = ?1 AND name = ?2");
    private readonly Statement _insert = connection.Prepare("INSERT INTO state (grain, name, version, payload) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");
    private readonly Statement _update = connection.Prepare("UPDATE state SET version = ?1, payload = ?2 WHERE id = ?3 AND version = ?4");
    private readonly Statement _delete = connection.Prepare("DELETE FROM state WHERE id = ?1 AND version = ?2");

    /// <returns>The new row's; null where there is one already.</returns>
    public StateTag? Insert(RowKey key, long version, ReadOnlySpan<byte> payload) =>
        _insert.Bind(1, key.Grain).Bind(2, key.Name).Bind(3, version).Bind(4, payload).Run() == 1 ? new StateTag(connection.LastId, version) : null;

    /// <returns>The row's new one; null where it is no longer the expected one.</returns>
    public StateTag? Update(StateTag expected, long version, ReadOnlySpan<byte> payload) =>
        _update.Bind(1, version).Bind(2, payload).Bind(3, expected.Id).Bind(4, expected.Version).Run() == 1 ? expected with { Version = version } : null;

    public bool Delete(StateTag expected) => _delete.Bind(1, expected.Id).Bind(2, expected.Version).Run() == 1;

    public StateTag? Find(RowKey key) => Read<object?, StateTag?>(key, null, static (_, tag, _) => tag);

    /// <returns>What the reading made of the row; the default when there is none.</returns>
    public TResult? Read<TArgument, TResult>(RowKey key, TArgument argument, RowReading<TArgument, TResult> reading)
    {
        try
        {
            return _find.Bind(1, key.Grain).Bind(2, key.Name).Step() ? reading(argument, new StateTag(_find.Number(0), _find.Number(1)), _find.Blob(2)) : default;
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
