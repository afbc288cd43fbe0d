namespace Grid.Runtime.Storage;

/// <summary>
/// The tables of a store. Row ids are given in order of arrival, so rows that are written together lie together and share pages
/// of the log, though grain keys are hashes; a table ordered by key wrote half as many rows a second.
/// </summary>
internal static class Schema
{
    private const long ApplicationId = 0x47524944; // "GRID"
    private const long Version = 1;

    private const string Tables = """
        CREATE TABLE silo (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            epoch INTEGER NOT NULL,
            versions_reserved INTEGER NOT NULL);
        CREATE TABLE state (
            id INTEGER PRIMARY KEY,
            grain TEXT NOT NULL,
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            payload BLOB NOT NULL);
        CREATE UNIQUE INDEX state_key ON state (grain, name);
        CREATE TABLE reminder (
            id INTEGER PRIMARY KEY,
            grain TEXT NOT NULL,
            name TEXT NOT NULL,
            hash INTEGER NOT NULL,
            start_at_ticks INTEGER NOT NULL,
            period_ticks INTEGER NOT NULL,
            version INTEGER NOT NULL);
        CREATE UNIQUE INDEX reminder_key ON reminder (grain, name);
        CREATE INDEX reminder_hash ON reminder (hash);
        """;

    public static void Ensure(Connection connection, SqliteStoreOptions options)
    {
        var stored = connection.QueryNumber("PRAGMA user_version");
        if (stored == 0) Create(connection, options);
        else if (stored != Version || connection.QueryNumber("PRAGMA application_id") != ApplicationId)
            throw new StoreUnavailableException($"{options.Path} is not a store of this version of the grid (schema {stored}, expected {Version}). Name another file, or use the version that wrote it.");
    }

    private static void Create(Connection connection, SqliteStoreOptions options)
    {
        if (connection.QueryNumber("SELECT count(*) FROM sqlite_schema") != 0)
            throw new StoreUnavailableException($"{options.Path} is a database of another program. Name another file.");
        connection.Execute($"""
            BEGIN IMMEDIATE;
            {Tables}
            INSERT INTO silo (id, epoch, versions_reserved) VALUES (1, {options.Epoch}, 0);
            PRAGMA application_id = {ApplicationId};
            PRAGMA user_version = {Version};
            COMMIT;
            """);
    }
}
