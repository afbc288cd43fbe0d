using Grid.Runtime.Storage;
using Grid.Tests.Runtime.Storage.Conformance;
using Orleans;

namespace Grid.Tests.Runtime.Storage;

public sealed class SqliteReminderTableTests : ReminderTableConformance, IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly SqliteStore _store;

    public SqliteReminderTableTests()
    {
        _store = _folder.Open();
        Table = new SqliteReminderTable(_store);
    }

    protected override IReminderTable Table { get; }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
