using System.Diagnostics;
using Grid.Runtime.Storage;
using Microsoft.Data.Sqlite;

namespace Grid.Bench.Runtime;

/// <summary>500-byte upserts straight into SQLite, durable in batches: what a group commit can reach at most.</summary>
internal static class SqliteReference
{
    public const int BatchRows = 100;
    private const int Keys = 256;

    public static long Run(TimeSpan duration)
    {
        NativeSqlite.EnsureLoaded();
        using var folder = new ScratchFolder();
        using var connection = new SqliteConnection($"Data Source={folder.File("reference.db")};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE rows (id INTEGER PRIMARY KEY, payload BLOB NOT NULL)");
        using var upsert = connection.CreateCommand();
        upsert.CommandText = "INSERT INTO rows (id, payload) VALUES ($id, $payload) ON CONFLICT (id) DO UPDATE SET payload = excluded.payload";
        var id = upsert.Parameters.Add("$id", SqliteType.Integer);
        upsert.Parameters.AddWithValue("$payload", new byte[500]);

        long rows = 0;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            using var transaction = connection.BeginTransaction();
            upsert.Transaction = transaction;
            for (var i = 0; i < BatchRows; i++, rows++)
            {
                id.Value = rows % Keys;
                upsert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return (long)(rows / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
