using SQLitePCL;

namespace Grid.Runtime.Storage;

/// <summary>A prepared statement: bind from 1, step, read columns from 0, reset.</summary>
internal sealed class Statement(Connection connection, sqlite3_stmt handle, string sql) : IDisposable
{
    public Statement Bind(int index, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, index, value), sql);
        return this;
    }

    public Statement Bind(int index, string value)
    {
        connection.Check(raw.sqlite3_bind_text(handle, index, value), sql);
        return this;
    }

    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        connection.Check(raw.sqlite3_bind_blob(handle, index, value), sql);
        return this;
    }

    /// <returns>Whether there is a row to read.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        connection.Check(code, sql);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs to the end and makes ready for the next binding.</summary>
    /// <returns>Rows changed.</returns>
    public int Run()
    {
        try
        {
            Step();
            return connection.Changes;
        }
        finally
        {
            Reset();
        }
    }

    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    /// <returns>Bytes that stay valid until the next step or reset.</returns>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>The error of the last step was reported by the step itself.</summary>
    public void Reset() => raw.sqlite3_reset(handle);

    public void Dispose() => raw.sqlite3_finalize(handle);
}
