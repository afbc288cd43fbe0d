using Grid.Runtime.Storage;
using Grid.Runtime.Testing;
using Grid.Tests.Runtime.Storage.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Tests.Runtime.Storage;

public sealed class SqliteSiloTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly CommitFault _fault = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_grain_wrote_is_there_in_the_next_silo()
    {
        await using (var first = await StartAsync()) await first.Client.GetGrain<INoteGrain>("a").Write("hello");

        await using var second = await StartAsync();

        Assert.Equal("hello", await second.Client.GetGrain<INoteGrain>("a").Read());
    }

    [Fact]
    public async Task A_second_silo_on_the_store_does_not_start()
    {
        await using var first = await StartAsync();

        await Assert.ThrowsAsync<StoreInUseException>(StartAsync);
    }

    [Fact]
    public async Task A_grain_whose_commit_was_cut_off_comes_back_with_what_is_stored()
    {
        await using var silo = await StartAsync();
        var note = silo.Client.GetGrain<INoteGrain>("a");
        await note.Write("before");

        _fault.Arm(CommitFault.Mode.BeforeFlush);
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => note.Write("lost"));
        Assert.Equal("before", await note.Read());

        _fault.Arm(CommitFault.Mode.AfterFlush);
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => note.Write("kept"));
        Assert.Equal("kept", await note.Read());
    }

    [Fact]
    public async Task Many_grains_writing_at_once_share_transactions()
    {
        await using var silo = await StartAsync();
        var counters = silo.Services.GetRequiredService<SqliteStore>().Counters;

        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => silo.Client.GetGrain<INoteGrain>("n" + i).Write("x")));

        Assert.Equal(500, counters.RowsWritten);
        Assert.InRange(counters.Transactions, 1, 400);
    }

    private async Task<InProcessTestCluster> StartAsync()
    {
        var silo = new InProcessTestClusterBuilder()
            .ConfigureSilo(silo => silo.AddGrain<NoteGrain>().UseSqlite(new SqliteStoreOptions { Path = _folder.StorePath, CommitThrough = _fault.Through }, SampleJson.Default))
            .Build();
        try
        {
            await silo.DeployAsync();
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }
}
