using System.Net;
using System.Text;
using System.Text.Json;
using Grid.Chain.Ethereum.Rpc;

namespace Grid.Tests.Ethereum.Rpc;

/// <summary>A JSON-RPC server in this process that answers whatever the test wants.</summary>
internal sealed class FakeServer(Func<string, string> answer) : HttpMessageHandler
{
    public const string Secret = "access-key";

    public static RpcEndpoint Answering(string body, HttpStatusCode status = HttpStatusCode.OK) => Endpoint(new FakeServer(_ => body) { Status = status });

    /// <summary>The result stands in a right envelope.</summary>
    public static RpcEndpoint WithResult(string result) => Endpoint(new FakeServer(request => Envelope(request, $"\"result\":{result}")));

    public static RpcEndpoint WithError(string error) => Endpoint(new FakeServer(request => Envelope(request, $"\"error\":{error}")));

    public static RpcEndpoint Endpoint(HttpMessageHandler handler, int timeoutMs = 10_000) =>
        new("fake", new HttpClient(handler), new Uri($"https://rpc.invalid/{Secret}"), timeoutMs, TimeProvider.System);

    public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        return new HttpResponseMessage(Status) { Content = new StringContent(answer(body), Encoding.UTF8, "application/json") };
    }

    private static string Envelope(string request, string member)
    {
        using var json = JsonDocument.Parse(request);
        return $$"""{"jsonrpc":"2.0","id":{{json.RootElement.GetProperty("id").GetInt64()}},{{member}}}""";
    }
}

/// <summary>Takes the question and never answers.</summary>
internal sealed class SilentServer : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return new HttpResponseMessage();
    }
}

/// <summary>Sends without end, and says no length.</summary>
internal sealed class EndlessServer : HttpMessageHandler
{
    public long SentBytes { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new Endless(this)) });

    private sealed class Endless(EndlessServer server) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)' ');
            server.SentBytes += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
