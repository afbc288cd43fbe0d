using System.Net;
using System.Text;
using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Link.Messages;
using Grid.Tests.Client.Operators;
using Limits = Grid.Client.Limits;

namespace Grid.Tests.Client.Logs;

public sealed class LogStreams : IDisposable
{
    private static readonly LeaseId Lease = new(Hash256.Parse("0x" + new string('2', 64)));

    private readonly FakeOperator _operator = new();
    private readonly Wallet _wallet = new(PrivateKey.Generate());
    private readonly GridClient _client;
    private readonly List<string> _queries = [];
    private bool _isOver = true;

    public LogStreams()
    {
        _client = _operator.Connect(_wallet);
        _operator.Answers[ApiRoutes.Of(ApiRoutes.Lease, Lease.ToString())] = _ => FakeOperator.Json(Status(), GridJsonContext.Default.LeaseStatus);
    }

    [Fact]
    public async Task Chunks_come_in_order()
    {
        Serve([(0, "one\n"), (4, "two\n")]);

        Assert.Equal("one\ntwo\n", await ReadAsync(new LogSelection("web")));
    }

    [Fact]
    public async Task A_stream_that_breaks_off_is_taken_up_where_it_broke()
    {
        Serve([(0, "one\n"), (4, "two\n")], isBroken: true);
        Serve([(8, "three\n")]);

        Assert.Equal("one\ntwo\nthree\n", await ReadAsync(new LogSelection("web")));
        Assert.Contains("from=8", _queries[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_before_is_not_given_twice()
    {
        Serve([(0, "one\n")], isBroken: true);
        Serve([(0, "one\n"), (4, "two\n")]);

        Assert.Equal("one\ntwo\n", await ReadAsync(new LogSelection("web")));
    }

    [Fact]
    public async Task A_stream_that_only_breaks_gives_up()
    {
        for (var i = 0; i < Limits.MaxAttempts; i++) Serve([], isBroken: true);

        var failed = await Assert.ThrowsAsync<GridException>(() => ReadAsync(new LogSelection("web")));

        Assert.Equal(GridErrorKind.Unreachable, failed.Kind);
    }

    [Fact]
    public async Task Following_goes_on_until_the_workload_is_over()
    {
        _isOver = false;
        Serve([(0, "one\n")]);
        Serve([(4, "two\n")], then: () => _isOver = true);
        Serve([(8, "three\n")]);

        Assert.Equal("one\ntwo\nthree\n", await ReadAsync(new LogSelection("web", Follow: true)));
    }

    [Fact]
    public async Task Output_that_is_no_text_arrives_as_it_is()
    {
        byte[] raw = [0, 255, 10, 13, 10];
        _operator.Answers[ApiRoutes.Of(ApiRoutes.LeaseLogs, Lease.ToString())] = _ => Events(Event(0, raw), isBroken: false);

        var chunks = await _client.ReadLogsAsync(Lease, new LogSelection("web")).ToListAsync();

        Assert.Equal(raw, Assert.Single(chunks).Data);
    }

    public void Dispose()
    {
        _client.Dispose();
        _operator.Dispose();
        _wallet.Dispose();
    }

    private readonly Queue<(string Events, bool IsBroken, Action? Then)> _served = new();

    private void Serve((long Offset, string Text)[] chunks, bool isBroken = false, Action? then = null)
    {
        _served.Enqueue((string.Concat(chunks.Select(chunk => Event(chunk.Offset, Encoding.UTF8.GetBytes(chunk.Text)))), isBroken, then));
        _operator.Answers[ApiRoutes.Of(ApiRoutes.LeaseLogs, Lease.ToString())] = request =>
        {
            _queries.Add(request.RequestUri!.Query);
            var (events, broken, after) = _served.Dequeue();
            after?.Invoke();
            return Events(events, broken);
        };
    }

    private static string Event(long offset, byte[] data)
    {
        var json = JsonSerializer.Serialize(new LogChunk("web", 0, offset, data, offset + data.Length), GridJsonContext.Default.LogChunk);
        return $"id: {offset}\r\nevent: log\r\ndata: {json}\r\n\r\n: a comment\n\n";
    }

    private static HttpResponseMessage Events(string events, bool isBroken) =>
        new(HttpStatusCode.OK) { Content = new StreamContent(new BreakingStream(Encoding.UTF8.GetBytes(events), isBroken)) };

    private async Task<string> ReadAsync(LogSelection selection)
    {
        var text = new StringBuilder();
        await foreach (var chunk in _client.ReadLogsAsync(Lease, selection)) text.Append(Encoding.UTF8.GetString(chunk.Data));
        return text.ToString();
    }

    private LeaseStatus Status() => new(
        Lease, new OrderId(Lease.Value), default, LeasePhase.Active, new RatePerHour(1), 0, 1, Money.Zero, 30, null,
        [new WorkloadStatus("web", 0, 0, _isOver ? WorkloadPhase.Exited : WorkloadPhase.Running, _isOver ? 0 : null, false, 1, [])], [], null, null);

    /// <summary>Gives a few bytes at a time, and may end with a broken connection.</summary>
    private sealed class BreakingStream(byte[] content, bool isBroken) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer[..Math.Min(7, buffer.Length)], cancellationToken);
            return read == 0 && isBroken ? throw new IOException("connection reset") : read;
        }
    }
}
