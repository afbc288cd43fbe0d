using SQLitePCL;

namespace Grid.Runtime.Storage;

/// <summary>One SQLite connection, used by one thread at a time.</summary>
internal sealed class Connection : IDisposable
{
    private readonly sqlite3 _handle;

    private Connection(sqlite3 handle) => _handle = handle;

    /// <summary>Rows changed by the last insert, update or delete.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>The number of the row that was inserted last.</summary>
    public long LastId => raw.sqlite3_last_insert_rowid(_handle);

    public static Connection Open(string path, bool writable)
    {
        var flags = (writable ? raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE : raw.SQLITE_OPEN_READONLY) | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        var connection = new Connection(handle);
        try
        {
            connection.Check(code, "opening " + path);
            connection.Check(raw.sqlite3_extended_result_codes(handle, 1), "opening " + path);
            connection.Check(raw.sqlite3_busy_timeout(handle, Limits.BusyTimeoutMs), "opening " + path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var statement), "preparing " + sql);
        return new Statement(this, statement, sql);
    }

    /// <summary>Runs statements that take no parameters; rows are ignored.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql), "running " + sql);

    /// <returns>The first column of the first row; null when there is no row.</returns>
    public long? QueryNumber(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Number(0) : null;
    }

    /// <returns>The first column of the first row as text; null when there is no row.</returns>
    public string? QueryText(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : null;
    }

    public void Check(int code, string doing)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW) return;
        throw new SqliteFault(code, doing, raw.sqlite3_errmsg(_handle).utf8_to_string());
    }

    /// <summary>A broken connection cannot be closed in a better way, so the result is not looked at.</summary>
    public void Dispose() => raw.sqlite3_close_v2(_handle);
}
