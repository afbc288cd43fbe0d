using System.Text;
using Grid.Chain.Ethereum.Queue;
using Grid.Tests.Ethereum.Model;

namespace Grid.Tests.Ethereum.Queue;

public sealed class QueueFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string QueueFile => Path.Combine(_folder.FullName, "key", "queue.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_queue_goes_on_where_the_process_ended()
    {
        using (var store = new FileTransactionStore(QueueFile))
        {
            using var world = new QueueWorld(store);
            await world.EnqueueAsync(QueueWorld.Request(1));
            await world.PumpAsync();
            world.Chain.DropPool();
            world.Restart();
            await world.SettleAsync();
            Assert.Single(world.Chain.Mined);
        }

        using var again = new FileTransactionStore(QueueFile);
        var closed = Assert.Single((await again.LoadAsync(CancellationToken.None))!.Closed);
        Assert.Equal((QueueWorld.Request(1).Id, TransactionOutcome.Succeeded), (closed.Id, closed.Outcome));
    }

    [Fact]
    public async Task What_is_stored_reads_back_in_full_and_keeps_its_form()
    {
        using var store = new FileTransactionStore(QueueFile);
        using var world = new QueueWorld(store);
        await world.EnqueueAsync(QueueWorld.Request(1));
        await world.PumpAsync();
        var text = await File.ReadAllTextAsync(QueueFile);

        await store.SaveAsync((await store.LoadAsync(CancellationToken.None))!, CancellationToken.None);

        Assert.Equal(text, await File.ReadAllTextAsync(QueueFile));
        Assert.StartsWith(
            """{"version":1,"queue":{"chainId":"0x7a69","sender":"0x""", text, StringComparison.Ordinal);
        Assert.Contains(""","nonce":"0x0","gasLimit":"0x1e848","attempts":[{"hash":"0x""", text, StringComparison.Ordinal);
        Assert.Contains(""""fees":{"maxFeePerGasWei":"0x7da","maxPriorityFeePerGasWei":"0xa"},"raw":"0x02f8"""", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"version\":2,\"queue\":{\"chainId\":\"0x1\",\"sender\":\"0x0000000000000000000000000000000000000000\",\"finalNonce\":\"0x0\",\"open\":[],\"closed\":[]}}")]
    [InlineData("{\"version\":1,\"queue\":{\"chainId\":\"0x1\"}}")]
    [InlineData("{\"version\":1,\"queue\":null}")]
    public async Task A_damaged_file_stops_the_queue_and_is_left_as_it_is(string content)
    {
        using var store = new FileTransactionStore(QueueFile);
        await File.WriteAllTextAsync(QueueFile, content, Encoding.UTF8);

        await Assert.ThrowsAsync<InvalidDataException>(() => store.LoadAsync(CancellationToken.None));

        Assert.Equal(content, await File.ReadAllTextAsync(QueueFile, Encoding.UTF8));
    }

    [Fact]
    public async Task A_torn_write_beside_the_file_is_not_read()
    {
        using var store = new FileTransactionStore(QueueFile);
        await store.SaveAsync(TxQueueState.Empty(1, ModelChain.Contract), CancellationToken.None);
        await File.WriteAllTextAsync(QueueFile + ".new", "{\"ver");

        Assert.Equal(ModelChain.Contract, (await store.LoadAsync(CancellationToken.None))!.Sender);
    }

    [Fact]
    public void A_second_writer_is_kept_out()
    {
        using var store = new FileTransactionStore(QueueFile);

        Assert.Throws<IOException>(() => new FileTransactionStore(QueueFile));
    }

    [Fact]
    public async Task The_queue_of_another_chain_or_key_is_refused()
    {
        using var store = new FileTransactionStore(QueueFile);
        await store.SaveAsync(TxQueueState.Empty(1, ModelChain.Contract), CancellationToken.None);
        using var world = new QueueWorld(store);

        await Assert.ThrowsAsync<InvalidOperationException>(() => world.EnqueueAsync(QueueWorld.Request(1)));
    }
}
