namespace Grid.Runtime.Storage;

/// <summary>A connection that sees what is committed.</summary>
internal sealed class Reader : IDisposable
{
    private readonly Connection _connection;

    private Reader(Connection connection)
    {
        _connection = connection;
        States = new StateRows(connection);
        Reminders = new ReminderRows(connection);
    }

    public StateRows States { get; }

    public ReminderRows Reminders { get; }

    public static Reader Open(string path)
    {
        var connection = Connection.Open(path, writable: false);
        try
        {
            connection.Execute($"PRAGMA cache_size = -{Limits.CacheKib / 8}");
            return new Reader(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        States.Dispose();
        Reminders.Dispose();
        _connection.Dispose();
    }
}
