using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grid.Tests.Runtime.Storage.Conformance;

/// <summary>What every grain storage of the grid must do. A storage's own test class derives from it and hands over an empty one.</summary>
public abstract class GrainStorageConformance
{
    private const string StateName = "sample";
    private static readonly GrainId Grain = GrainId.Create("gpu", "0xabc/GPU-1");

    protected abstract IGrainStorage Storage { get; }

    [Fact]
    public async Task A_state_that_was_never_written_does_not_exist()
    {
        var state = new GrainState<Sample>();

        await Storage.ReadStateAsync(StateName, Grain, state);

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        // A storage may leave the empty value to the grain's activation.
        Assert.Equal("", state.State?.Text ?? "");
    }

    [Fact]
    public async Task A_written_state_is_read_back_with_its_etag()
    {
        var written = await Written(new Sample { Text = "zwölf €", Number = long.MaxValue, Lines = ["a", "", "c"] });

        var read = await Read();

        Assert.True(written.RecordExists);
        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equal("zwölf €", read.State!.Text);
        Assert.Equal(long.MaxValue, read.State.Number);
        Assert.Equal(["a", "", "c"], read.State.Lines);
    }

    [Fact]
    public async Task Each_write_changes_the_etag()
    {
        var state = await Written(new Sample { Number = 1 });
        var first = state.ETag;

        state.State = new Sample { Number = 2 };
        await Storage.WriteStateAsync(StateName, Grain, state);

        Assert.NotNull(first);
        Assert.NotEqual(first, state.ETag);
        Assert.Equal(2, (await Read()).State!.Number);
    }

    [Fact]
    public async Task A_write_on_a_stale_etag_is_refused_and_changes_nothing()
    {
        var winner = await Written(new Sample { Number = 1 });
        var loser = await Read();
        winner.State = new Sample { Number = 2 };
        await Storage.WriteStateAsync(StateName, Grain, winner);

        var stale = loser.ETag;
        loser.State = new Sample { Number = 3 };
        var refusal = await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(StateName, Grain, loser));

        Assert.Equal(winner.ETag, refusal.StoredEtag);
        Assert.Equal(stale, refusal.CurrentEtag);
        Assert.Equal(stale, loser.ETag);
        Assert.Equal(2, (await Read()).State!.Number);
    }

    [Fact]
    public async Task A_first_write_over_an_existing_row_is_refused()
    {
        var existing = await Written(new Sample { Number = 1 });

        var refusal = await Assert.ThrowsAsync<InconsistentStateException>(
            () => Storage.WriteStateAsync(StateName, Grain, new GrainState<Sample>(new Sample { Number = 2 })));

        Assert.Equal(existing.ETag, refusal.StoredEtag);
        Assert.Null(refusal.CurrentEtag);
        Assert.Equal(1, (await Read()).State!.Number);
    }

    [Fact]
    public async Task A_write_with_an_etag_of_a_row_that_is_gone_is_refused()
    {
        var state = await Written(new Sample { Number = 1 });
        var other = await Read();
        await Storage.ClearStateAsync(StateName, Grain, state);

        other.State = new Sample { Number = 2 };
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(StateName, Grain, other));

        Assert.False((await Read()).RecordExists);
    }

    [Fact]
    public async Task An_etag_that_no_storage_gave_is_refused()
    {
        await Written(new Sample { Number = 1 });

        await Assert.ThrowsAsync<InconsistentStateException>(
            () => Storage.WriteStateAsync(StateName, Grain, new GrainState<Sample>(new Sample(), "not-an-etag")));
    }

    [Fact]
    public async Task A_cleared_state_is_empty_and_can_be_written_again()
    {
        var state = await Written(new Sample { Number = 1 });

        await Storage.ClearStateAsync(StateName, Grain, state);
        Assert.False(state.RecordExists);
        Assert.False((await Read()).RecordExists);

        state.State = new Sample { Number = 2 };
        await Storage.WriteStateAsync(StateName, Grain, state);
        Assert.Equal(2, (await Read()).State!.Number);
    }

    [Fact]
    public async Task A_row_written_anew_after_a_clear_never_repeats_an_etag()
    {
        var state = await Written(new Sample { Number = 1 });
        var old = await Read();
        await Storage.ClearStateAsync(StateName, Grain, state);
        state.State = new Sample { Number = 2 };
        await Storage.WriteStateAsync(StateName, Grain, state);

        old.State = new Sample { Number = 3 };
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(StateName, Grain, old));

        Assert.Equal(2, (await Read()).State!.Number);
    }

    [Fact]
    public async Task A_clear_on_a_stale_etag_is_refused()
    {
        var state = await Written(new Sample { Number = 1 });
        var stale = await Read();
        state.State = new Sample { Number = 2 };
        await Storage.WriteStateAsync(StateName, Grain, state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync(StateName, Grain, stale));

        Assert.True((await Read()).RecordExists);
    }

    [Fact]
    public async Task Clearing_what_was_never_written_does_nothing()
    {
        var state = await Read();

        await Storage.ClearStateAsync(StateName, Grain, state);

        Assert.False((await Read()).RecordExists);
    }

    [Fact]
    public async Task States_are_apart_by_name_and_by_grain()
    {
        var other = GrainId.Create("gpu", "0xabc/GPU-2");
        await Storage.WriteStateAsync("a", Grain, new GrainState<Sample>(new Sample { Number = 1 }));
        await Storage.WriteStateAsync("b", Grain, new GrainState<Sample>(new Sample { Number = 2 }));
        await Storage.WriteStateAsync("a", other, new GrainState<Sample>(new Sample { Number = 3 }));

        Assert.Equal(1, (await Read("a", Grain)).State!.Number);
        Assert.Equal(2, (await Read("b", Grain)).State!.Number);
        Assert.Equal(3, (await Read("a", other)).State!.Number);
    }

    [Fact]
    public async Task What_is_changed_after_a_write_does_not_reach_the_store()
    {
        var lines = new List<string> { "before" };
        await Written(new Sample { Lines = lines });

        lines[0] = "after";

        Assert.Equal(["before"], (await Read()).State!.Lines);
    }

    [Fact]
    public async Task Of_many_writers_on_one_etag_exactly_one_wins_and_the_others_rows_are_untouched()
    {
        var first = await Written(new Sample());
        var neighbours = Enumerable.Range(0, 50).Select(i => GrainId.Create("gpu", "neighbour-" + i)).ToArray();

        var contenders = Enumerable.Range(1, 50).Select(i => TryWrite(Grain, new GrainState<Sample>(new Sample { Number = i }, first.ETag)));
        var bystanders = neighbours.Select(id => TryWrite(id, new GrainState<Sample>(new Sample { Number = 7 })));
        var results = await Task.WhenAll(contenders.Concat(bystanders));

        Assert.Single(results[..50], won => won);
        Assert.All(results[50..], Assert.True);
        foreach (var id in neighbours) Assert.Equal(7, (await Read(StateName, id)).State!.Number);
    }

    private async Task<bool> TryWrite(GrainId id, GrainState<Sample> state)
    {
        try
        {
            await Storage.WriteStateAsync(StateName, id, state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private async Task<GrainState<Sample>> Written(Sample value)
    {
        var state = new GrainState<Sample>(value);
        await Storage.WriteStateAsync(StateName, Grain, state);
        return state;
    }

    private Task<GrainState<Sample>> Read() => Read(StateName, Grain);

    private async Task<GrainState<Sample>> Read(string name, GrainId id)
    {
        var state = new GrainState<Sample>();
        await Storage.ReadStateAsync(name, id, state);
        return state;
    }
}
