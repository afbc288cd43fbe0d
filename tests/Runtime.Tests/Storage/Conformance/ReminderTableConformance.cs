using Orleans;
using Orleans.Runtime;

namespace Grid.Tests.Runtime.Storage.Conformance;

/// <summary>What every reminder table of the grid must do. A table's own test class derives from it and hands over an empty one.</summary>
public abstract class ReminderTableConformance
{
    private static readonly GrainId Grain = GrainId.Create("lease", "0x01");
    private static readonly DateTime Start = new(2026, 11, 20, 12, 0, 0, 123, DateTimeKind.Utc);

    protected abstract IReminderTable Table { get; }

    [Fact]
    public async Task A_reminder_that_was_never_registered_is_null() => Assert.Null(await Table.ReadRow(Grain, "expiry"));

    [Fact]
    public async Task A_reminder_is_read_back_exactly()
    {
        var etag = await Table.UpsertRow(Entry(Grain, "expiry"));

        var row = await Table.ReadRow(Grain, "expiry");

        Assert.Equal(Grain, row.GrainId);
        Assert.Equal("expiry", row.ReminderName);
        Assert.Equal(Start, row.StartAt);
        Assert.Equal(TimeSpan.FromMinutes(1), row.Period);
        Assert.Equal(etag, row.ETag);
    }

    [Fact]
    public async Task Registering_again_replaces_the_reminder_and_its_etag()
    {
        var first = await Table.UpsertRow(Entry(Grain, "expiry"));
        var moved = Entry(Grain, "expiry");
        moved.StartAt = Start.AddHours(1);

        var second = await Table.UpsertRow(moved);

        Assert.NotEqual(first, second);
        Assert.Equal(Start.AddHours(1), (await Table.ReadRow(Grain, "expiry")).StartAt);
        Assert.Single((await Table.ReadRows(Grain)).Reminders);
    }

    [Fact]
    public async Task A_reminder_is_removed_only_at_its_etag()
    {
        var first = await Table.UpsertRow(Entry(Grain, "expiry"));
        var second = await Table.UpsertRow(Entry(Grain, "expiry"));

        Assert.False(await Table.RemoveRow(Grain, "expiry", first));
        Assert.NotNull(await Table.ReadRow(Grain, "expiry"));
        Assert.True(await Table.RemoveRow(Grain, "expiry", second));
        Assert.Null(await Table.ReadRow(Grain, "expiry"));
        Assert.False(await Table.RemoveRow(Grain, "expiry", second));
    }

    [Fact]
    public async Task A_grains_reminders_are_its_own()
    {
        await Table.UpsertRow(Entry(Grain, "a"));
        await Table.UpsertRow(Entry(Grain, "b"));
        await Table.UpsertRow(Entry(GrainId.Create("lease", "0x02"), "a"));

        var rows = await Table.ReadRows(Grain);

        Assert.Equal(["a", "b"], rows.Reminders.Select(row => row.ReminderName).Order());
        Assert.All(rows.Reminders, row => Assert.Equal(Grain, row.GrainId));
    }

    [Fact]
    public async Task A_range_excludes_its_begin_includes_its_end_and_wraps()
    {
        var ids = Enumerable.Range(0, 40).Select(i => GrainId.Create("lease", "0x" + i)).OrderBy(id => id.GetUniformHashCode()).ToArray();
        foreach (var id in ids) await Table.UpsertRow(Entry(id, "expiry"));
        uint low = ids[10].GetUniformHashCode(), high = ids[30].GetUniformHashCode();

        Assert.Equal(ids[11..31].ToHashSet(), await GrainsIn(low, high));
        Assert.Equal([.. ids[..11], .. ids[31..]], await GrainsIn(high, low));
        Assert.Equal([.. ids], await GrainsIn(0, 0));
        Assert.Equal([.. ids], await GrainsIn(low, low));
    }

    [Fact]
    public async Task A_cleared_table_is_empty()
    {
        await Table.UpsertRow(Entry(Grain, "a"));

        await Table.TestOnlyClearTable();

        Assert.Empty((await Table.ReadRows(0, 0)).Reminders);
    }

    private async Task<HashSet<GrainId>> GrainsIn(uint begin, uint end) =>
        (await Table.ReadRows(begin, end)).Reminders.Select(row => row.GrainId).ToHashSet();

    private static ReminderEntry Entry(GrainId id, string name) =>
        new() { GrainId = id, ReminderName = name, StartAt = Start, Period = TimeSpan.FromMinutes(1) };
}
