using Grid.Runtime.Storage;
using Grid.Tests.Runtime.Storage.Conformance;
using Orleans.Storage;

namespace Grid.Tests.Runtime.Storage;

public sealed class SqliteGrainStorageTests : GrainStorageConformance, IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly SqliteStore _store;

    public SqliteGrainStorageTests()
    {
        _store = _folder.Open();
        Storage = new SqliteGrainStorage(_store, new JsonGrainStorageSerializer(SampleJson.Default));
    }

    protected override IGrainStorage Storage { get; }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
