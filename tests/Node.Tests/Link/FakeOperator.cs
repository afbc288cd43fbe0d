using System.Threading.Channels;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;
using Grid.Tests.Node.Leases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grid.Tests.Node.Link;

/// <summary>An operator on a real socket, played by the test: it welcomes, hears, and says what it is told to.</summary>
internal sealed class FakeOperator : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<ControlMessage> _heard = Channel.CreateUnbounded<ControlMessage>();
    private readonly Channel<Hello> _hellos = Channel.CreateUnbounded<Hello>();
    private readonly Dictionary<(LeaseId Lease, string Name), byte[]> _inputs = [];
    private readonly PrivateKey _key;
    private WebApplication _app;
    private volatile LinkConnection? _link;
    private long _epoch;
    private int _refusals;

    private FakeOperator(PrivateKey key, WebApplication app) => (_key, _app) = (key, app);

    public PrivateKey Key => _key;

    public SealingKeyPair Sealing { get; } = SealingKeyPair.Generate();

    public Uri Url { get; private set; } = null!;

    public LinkConnection Link => _link ?? throw new InvalidOperationException("no node is connected");

    public SealingPublicKey NodeKey { get; private set; } = null!;

    /// <summary>Sent in answer to the first requests for an input, which are aborted.</summary>
    public int InputRefusals { get; set; }

    public int Attempts { get; private set; }

    public static async Task<FakeOperator> StartAsync(PrivateKey key)
    {
        var fake = new FakeOperator(key, null!);
        await fake.ListenAsync("http://127.0.0.1:0");
        return fake;
    }

    /// <summary>Sends the next node that comes away.</summary>
    public void RefuseNext() => _refusals++;

    public void Put(LeaseId lease, string name, byte[] content) => _inputs[(lease, name)] = content;

    /// <summary>The process dies: nothing is said to anybody.</summary>
    public async Task DieAsync()
    {
        _link = null;
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    public Task ComeBackAsync() => ListenAsync(Url.ToString());

    public async Task<Hello> HelloAsync() => await _hellos.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    public async Task<T> HearAsync<T>(Func<T, bool>? wanted = null)
        where T : ControlMessage
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var others = new List<string>();
        try
        {
            await foreach (var message in _heard.Reader.ReadAllAsync(patience.Token))
            {
                if (message is T one && (wanted is null || wanted(one))) return one;
                if (message is not Heartbeat) others.Add(message.ToString()!);
            }
        }
        catch (OperationCanceledException)
        {
            // Below, with what was heard.
        }

        throw new TimeoutException($"No {typeof(T).Name} as wanted was heard; heard were:\n{string.Join('\n', others.TakeLast(8))}");
    }

    public Task SayAsync(ControlMessage message) => Link.SendControlAsync(message).AsTask();

    /// <summary>Proposes, opens and waits for a workload of the lease to get there.</summary>
    public async Task<Signed<Acceptance>> LeaseAsync(Proposal proposal, long paidSeconds = 600)
    {
        await SayAsync(proposal);
        var answer = await HearAsync<ProposalAnswer>(answer => answer.Lease == proposal.Lease);
        Assert.True(answer.Accepted is not null, answer.Refusal?.ToString());
        await SayAsync(Sample.Open(_key, answer.Accepted, paidSeconds));
        return answer.Accepted;
    }

    public Task<WorkloadChanged> ExitAsync(int lease) =>
        HearAsync<WorkloadChanged>(changed => changed.Lease == Sample.Lease(lease) && changed.Status.Phase is WorkloadPhase.Exited or WorkloadPhase.Failed);

    public async ValueTask DisposeAsync()
    {
        await DieAsync();
        Sealing.Dispose();
    }

    private async Task ListenAsync(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Map("/v1/link", ServeAsync);
        await _app.StartAsync();
        Url = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    private async Task ServeAsync(HttpContext http)
    {
        Attempts++;
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        await using var link = await LinkConnection.AcceptAsync(new WebSocketFramePipe(socket, TimeProvider.System), new LinkIdentity(_key, Sample.Domain), TimeProvider.System, http.RequestAborted);
        await foreach (var message in link.ReadControlAsync(http.RequestAborted))
        {
            if (message is Hello hello) await WelcomeAsync(link, hello);
            else _heard.Writer.TryWrite(message);
            if (message is Heartbeat beat) await link.SendControlAsync(new HeartbeatSeen(beat.Sequence), http.RequestAborted);
        }
    }

    private async Task WelcomeAsync(LinkConnection link, Hello hello)
    {
        if (_refusals > 0)
        {
            _refusals--;
            await link.SendControlAsync(new Refused(SessionRefusalCode.Busy, "too many at once", 300));
            await link.CloseAsync("too many at once");
            return;
        }

        NodeKey = hello.SealingKey.PublicKey;
        _link = link;
        _ = ServeInputsAsync(link);
        var sealing = PublishedSealingKey.Publish(Sealing.PublicKey, _key, 4_000_000_000, Sample.Domain);
        await link.SendControlAsync(new Welcome((ulong)++_epoch, 200, sealing, 0, "test"));
        _hellos.Writer.TryWrite(hello);
    }

    private async Task ServeInputsAsync(LinkConnection link)
    {
        await foreach (var stream in link.AcceptStreamsAsync())
        {
            await using (stream)
            {
                var purpose = Assert.IsType<InputPurpose>(stream.Purpose);
                if (InputRefusals-- > 0 || !_inputs.TryGetValue((purpose.Lease, purpose.Name), out var content))
                {
                    stream.Abort("no such input");
                    continue;
                }

                await SealedStream.SealAsync(NodeKey, new MemoryStream(content), stream, SealingContext.LeaseInput(purpose.Lease, purpose.Service, purpose.Name), default);
                await stream.CompleteWritesAsync();
            }
        }
    }
}
