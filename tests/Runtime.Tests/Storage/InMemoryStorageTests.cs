using Grid.Runtime.Storage;
using Grid.Runtime.Testing;
using Grid.Tests.Runtime.Storage.Conformance;
using Orleans;
using Orleans.Storage;

namespace Grid.Tests.Runtime.Storage;

public sealed class InMemoryGrainStorageTests : GrainStorageConformance
{
    protected override IGrainStorage Storage { get; } = new InMemoryGrainStorage(new JsonGrainStorageSerializer(SampleJson.Default));
}

public sealed class InMemoryReminderTableTests : ReminderTableConformance
{
    protected override IReminderTable Table { get; } = new InMemoryReminderTable();
}
