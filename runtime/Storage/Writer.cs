namespace Grid.Runtime.Storage;

/// <summary>The one connection that writes, and the transactions on it. Used by the store's own thread only.</summary>
internal sealed class Writer : IDisposable
{
    private readonly Connection _connection;
    private readonly SqliteStoreOptions _options;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _silo;
    private readonly Statement _reserve;
    private long _nextVersion;

    private Writer(Connection connection, SqliteStoreOptions options)
    {
        _connection = connection;
        _options = options;
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
        _silo = connection.Prepare("SELECT epoch, versions_reserved FROM silo WHERE id = 1");
        _reserve = connection.Prepare("UPDATE silo SET versions_reserved = ?1 WHERE id = 1");
        States = new StateRows(connection);
        Reminders = new ReminderRows(connection);
        _nextVersion = ReadSilo().VersionsReserved + 1;
    }

    public StateRows States { get; }

    public ReminderRows Reminders { get; }

    /// <summary>Rows changed since <see cref="Begin"/>.</summary>
    public int RowsChanged { get; set; }

    public static Writer Open(SqliteStoreOptions options)
    {
        var connection = Connection.Open(options.Path, writable: true);
        try
        {
            connection.Execute($"""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA wal_autocheckpoint = {Limits.CheckpointPages};
                PRAGMA cache_size = -{Limits.CacheKib};
                """);
            Require(connection, "journal_mode", "wal");
            Require(connection, "synchronous", "2");
            connection.Execute($"PRAGMA max_page_count = {options.MaxSizeMib * (1024L * 1024) / connection.QueryNumber("PRAGMA page_size")}");
            Schema.Ensure(connection, options);
            return new Writer(connection, options);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <exception cref="StoreFencedException">The stored epoch is another one.</exception>
    public void Begin()
    {
        RowsChanged = 0;
        _begin.Run();
        var (epoch, reserved) = ReadSilo();
        if (epoch != _options.Epoch)
            throw new StoreFencedException($"The store {_options.Path} is in epoch {epoch} and this silo writes in epoch {_options.Epoch}: another silo has taken over. This one has stopped writing; restart it to join again.");
        if (_nextVersion + Limits.BatchRows > reserved) _reserve.Bind(1, Math.Max(reserved, _nextVersion) + Limits.VersionBlock).Run();
    }

    /// <summary>A version that no row of this store has had before. At most <see cref="Limits.BatchRows"/> a transaction.</summary>
    public long NextVersion() => _nextVersion++;

    /// <summary>Returns once the transaction is flushed to the disk.</summary>
    public void Commit() => _options.CommitThrough(() => _commit.Run());

    /// <summary>
    /// Makes what a failed flush may have left half-done certain again. The log's tail may be in the kernel's cache and never reach the
    /// disk, so everything in it is copied into the database and flushed there, and one transaction must go through.
    /// </summary>
    public void Prove()
    {
        if (_connection.QueryNumber("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
            throw new StoreUnavailableException($"The log of {_options.Path} cannot be folded into the database: another program is reading it. Close that program.");
        Begin();
        _reserve.Bind(1, ReadSilo().VersionsReserved + 1).Run();
        Commit();
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _silo.Dispose();
        _reserve.Dispose();
        States.Dispose();
        Reminders.Dispose();
        _connection.Dispose();
    }

    /// <summary>SQLite does not report a setting that it could not take; some file systems cannot carry a write-ahead log.</summary>
    private static void Require(Connection connection, string setting, string expected)
    {
        var actual = connection.QueryText("PRAGMA " + setting);
        if (actual != expected)
            throw new StoreUnavailableException($"The store would not be durable: SQLite's {setting} is {actual}, expected {expected}. Put the store on a local file system.");
    }

    private (long Epoch, long VersionsReserved) ReadSilo()
    {
        try
        {
            if (!_silo.Step()) throw new StoreUnavailableException($"{_options.Path} has lost its row of the silo's epoch; restore it from a copy.");
            return (_silo.Number(0), _silo.Number(1));
        }
        finally
        {
            _silo.Reset();
        }
    }
}
