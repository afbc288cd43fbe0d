using Grid.Runtime.Storage;
using Microsoft.Data.Sqlite;

namespace Grid.Tests.Runtime.Storage;

public sealed class StoreOwnershipTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_silo_on_one_store_is_refused_with_a_message()
    {
        using var first = _folder.Open();

        var refusal = Assert.Throws<StoreInUseException>(() => _folder.Open());

        Assert.Contains(_folder.StorePath, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("another running silo", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_store_can_be_opened_again_with_everything_in_it()
    {
        using (var store = _folder.Open()) await store.WriteNew("a", 5);

        using var again = _folder.Open();

        Assert.Equal(5, (await again.Read("a")).State!.Number);
    }

    [Fact]
    public async Task Etags_keep_growing_over_a_restart()
    {
        string? before;
        using (var store = _folder.Open()) before = (await store.WriteNew("a", 1)).ETag;

        using var again = _folder.Open();
        var after = (await again.WriteNew("b", 1)).ETag;

        Assert.True(VersionOf(after) > VersionOf(before), $"{after} after {before}");
    }

    [Fact]
    public async Task A_raised_epoch_fences_every_write_and_stops_the_store()
    {
        using var store = _folder.Open();
        await store.WriteNew("a", 1);
        RaiseEpochTo(2);

        var writes = Enumerable.Range(0, 20).Select(i => store.WriteNew("b" + i, i)).ToArray();
        foreach (var write in writes) await Assert.ThrowsAsync<StoreFencedException>(() => write);

        await Assert.ThrowsAsync<StoreFencedException>(() => store.Read("a"));
        RaiseEpochTo(1);
        await Assert.ThrowsAsync<StoreFencedException>(() => store.WriteNew("c", 1));
        Assert.Equal(1, store.Counters.RowsWritten);
    }

    [Fact]
    public void A_store_of_another_epoch_is_not_opened()
    {
        using (_folder.Open())
        {
        }

        var refusal = Assert.Throws<StoreFencedException>(() => _folder.Open(epoch: 2));

        Assert.Contains("epoch 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_another_program_is_left_alone()
    {
        NativeSqlite.EnsureLoaded();
        using (var connection = new SqliteConnection($"Data Source={_folder.StorePath};Pooling=False"))
        {
            connection.Open();
            Run(connection, "CREATE TABLE invoices (id INTEGER)");
        }

        var refusal = Assert.Throws<StoreUnavailableException>(() => _folder.Open());

        Assert.Contains("another program", refusal.Message, StringComparison.Ordinal);
    }

    private void RaiseEpochTo(long epoch)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.StorePath};Pooling=False");
        connection.Open();
        Run(connection, $"UPDATE silo SET epoch = {epoch}");
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long VersionOf(string? etag) => long.Parse(etag!.Split('.')[1], null);
}
