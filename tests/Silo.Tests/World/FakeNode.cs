using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.WebSockets;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Challenges;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Manifests;
using Grid.Protocol.Offers;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;

namespace Grid.Tests.Silo.World;

/// <summary>A node that speaks the real link over a real WebSocket and only pretends to run what it accepts.</summary>
internal sealed class FakeNode(Address operatorAddress, TimeSpan tick) : IAsyncDisposable
{
    private readonly SealingKeyPair _sealing = SealingKeyPair.Generate();
    private ulong _version = 1;
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource<Welcome> _welcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<Refused> _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LinkConnection? _link;
    private Task _serving = Task.CompletedTask;
    private ulong _token;

    public PrivateKey Key { get; init; } = PrivateKey.Generate();

    /// <summary>Of the grid that it serves.</summary>
    public Eip712Domain Domain { get; init; } = GridDomain.Local;

    public ProviderId Provider => new(Key.Address);

    public ConcurrentDictionary<LeaseId, FakeLease> Leases { get; } = new();

    /// <summary>Released ones too: their outputs stay for a while.</summary>
    public ConcurrentDictionary<LeaseId, FakeLease> Ever { get; } = new();

    public ConcurrentQueue<ControlMessage> Received { get; } = new();

    /// <summary>What batches leave behind.</summary>
    public string Output { get; init; } = "a model";

    public ImmutableArray<OfferedDevice> Devices { get; init; } = [];

    /// <summary>The largest challenge that it takes, and answers.</summary>
    public int ChallengeMib { get; init; }

    /// <summary>What it says other operators have.</summary>
    public BoundElsewhere? Elsewhere { get; set; }

    public Task<Welcome> Welcomed => _welcome.Task;

    public Task<Refused> Refused => _refused.Task;

    public Task<LinkClosed> LinkClosed => _link!.Closed;

    public async Task ConnectAsync(Uri link)
    {
        _welcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(link, CancellationToken.None);
        var pipe = new WebSocketFramePipe(socket, TimeProvider.System);
        _link = await LinkConnection.ConnectAsync(pipe, new LinkIdentity(Key, Domain), operatorAddress, TimeProvider.System);
        await _link.SendControlAsync(Hello());
        _serving = ServeAsync(_link);
    }

    /// <summary>As when the cable is pulled: what runs, runs on.</summary>
    public async Task HangUpAsync()
    {
        await _link!.DisposeAsync();
        await _serving;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_link is not null) await HangUpAsync();
        _sealing.Dispose();
        _stop.Dispose();
    }

    private static long InAnHour => TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds();

    private OfferTerms Terms => Choices.Applied(Started);

    private OfferTerms Started => new(
        Provider, Key.Address, "germany", "", OfferMode.Provider, CpuArchitecture.Amd64, IsolationLevel.Full, "GRID",
        new OfferPrices(new RatePerHour(360_000), new RatePerHour(36_000), default, [.. Devices.Select(static device => new GpuPrice(device.Model, new RatePerHour(100_000))).DistinctBy(static price => price.Model)]),
        new ResourceAmounts(4000, 8192, new StorageAmounts(100_000, 0, 0, 0), 0, 16),
        Devices, [], [], [], 1000, 86_400, true);

    /// <summary>What its owner lists otherwise than it was started.</summary>
    private OfferChoices Choices { get; set; } = new();

    /// <summary>As the owner's command does.</summary>
    public async Task ListAsync(OfferChoices choices)
    {
        (Choices, _version) = (choices, _version + 1);
        await _link!.SendControlAsync(new OfferChanged(SignedOffer(), Terms));
    }

    private Signed<Offer> SignedOffer() => new Offer(Provider, Key.Address, OfferTermsHash.Of(Terms), _version, InAnHour).Sign(Key, Domain);

    private Hello Hello()
    {
        var offer = SignedOffer();
        var sealing = PublishedSealingKey.Publish(_sealing.PublicKey, Key, InAnHour, Domain);
        return new Hello(offer, Terms, sealing, null, "boot", "test", [.. Leases.Values.Select(static lease => lease.Bound())], Elsewhere, ChallengeMib);
    }

    private async Task ServeAsync(LinkConnection link)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var beating = BeatAsync(link, end.Token);
        var streaming = ServeStreamsAsync(link, end.Token);
        try
        {
            await foreach (var message in link.ReadControlAsync())
            {
                Received.Enqueue(message);
                await TakeAsync(link, message);
            }
        }
        catch (LinkException)
        {
            // Closed by the other end.
        }

        await end.CancelAsync();
        await Task.WhenAll(beating, streaming).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task BeatAsync(LinkConnection link, CancellationToken cancellation)
    {
        await Welcomed.WaitAsync(cancellation);
        using var timer = new PeriodicTimer(tick);
        for (ulong sequence = 1; await timer.WaitForNextTickAsync(cancellation); sequence++)
        {
            await link.SendControlAsync(new Heartbeat(sequence, [.. Leases.Values.Select(static lease => lease.Beat())], Elsewhere), cancellation);
            foreach (var lease in Leases.Values) await SendReceiptAsync(link, lease);
        }
    }

    /// <summary>What is said of a lease that it does not have, it passes over, as a real one does.</summary>
    private async Task TakeAsync(LinkConnection link, ControlMessage message)
    {
        if (LeaseOf(message) is { } named && !Leases.ContainsKey(named)) return;
        switch (message)
        {
            case Welcome welcome:
                _welcome.TrySetResult(welcome);
                break;
            case Refused refused:
                _refused.TrySetResult(refused);
                break;
            case Proposal proposal:
                await AcceptAsync(link, proposal);
                break;
            case ChallengeSet challenge:
                await link.SendControlAsync(new ChallengeAnswered(challenge.Era, challenge.Slot, MemoryWork.Do(challenge.Seed, challenge.MemoryMib, _stop.Token)));
                break;
            case Open open:
                Leases[open.Opening.Value.Lease].Keep(open.Opening, open.PaidThrough);
                await StartAsync(link, Leases[open.Opening.Value.Lease], open);
                break;
            case ExtendPaidThrough extend:
                Leases[extend.PaidThrough.Value.Lease].Keep(null, extend.PaidThrough);
                Leases[extend.PaidThrough.Value.Lease].Extend(extend.PaidThrough.Value.Seconds);
                break;
            case ReceiptCountersigned countersigned:
                Leases[countersigned.Lease].Countersigned(countersigned.Seconds);
                break;
            case CloseLease close:
                await EndAsync(link, Leases[close.Close.Value.Lease], close.Close.Value.Seconds, close.Close.Value.Reason);
                break;
            case Release release:
                Leases[release.Lease].IsReleased = true;
                Leases.TryRemove(release.Lease, out _);
                break;
        }
    }

    private static LeaseId? LeaseOf(ControlMessage message) => message switch
    {
        Open open => open.Opening.Value.Lease,
        ExtendPaidThrough extend => extend.PaidThrough.Value.Lease,
        ReceiptCountersigned countersigned => countersigned.Lease,
        CloseLease close => close.Close.Value.Lease,
        Release release => release.Lease,
        _ => null,
    };

    private async Task AcceptAsync(LinkConnection link, Proposal proposal)
    {
        var secrets = proposal.Secrets.ToDictionary(
            static secret => secret.Name,
            secret => System.Text.Encoding.UTF8.GetString(secret.Sealed.Open(_sealing, SealingContext.LeaseSecret(proposal.Lease, secret.Service, secret.Name))));
        var acceptance = new Acceptance(
            proposal.Lease, proposal.Authorization.Value.Digest(Domain), Provider, new FencingToken(++_token), proposal.Requested.Hash(),
            proposal.RatePerHour, proposal.FeePpm, proposal.ExpiryUnixSeconds);
        Ever[proposal.Lease] = Leases[proposal.Lease] = new FakeLease(proposal, acceptance.Token, secrets, Domain);
        await link.SendControlAsync(ProposalAnswer.Accept(proposal.Operation, acceptance.Sign(Key, Domain), proposal.Requested));
    }

    private async Task StartAsync(LinkConnection link, FakeLease lease, Open open)
    {
        lease.Start(open.PaidThrough.Value.Seconds);
        foreach (var input in lease.Proposal.Inputs) lease.Inputs[input.Name] = await FetchAsync(link, lease, input);
        await link.SendControlAsync(new WorkloadChanged(lease.Id, lease.Status(WorkloadPhase.Running, null, [])));
        if (lease.Service.Kind != ServiceKind.Batch) return;

        var bytes = System.Text.Encoding.UTF8.GetBytes(Output);
        var outputs = lease.Service.Outputs.Select(output => new WorkloadOutput(output.Name, ContentHash.Of(bytes), bytes.Length)).ToArray();
        await link.SendControlAsync(new WorkloadChanged(lease.Id, lease.Status(WorkloadPhase.Exited, 0, outputs)));
    }

    private async Task<string> FetchAsync(LinkConnection link, FakeLease lease, NamedInput input)
    {
        await using var stream = link.OpenStream(new InputPurpose(lease.Id, input.Service, input.Name));
        using var clear = new MemoryStream();
        await SealedStream.OpenAsync(_sealing, stream, clear, SealingContext.LeaseInput(lease.Id, input.Service, input.Name), 1 << 20, _stop.Token);
        return System.Text.Encoding.UTF8.GetString(clear.ToArray());
    }

    private async Task EndAsync(LinkConnection link, FakeLease lease, long closeSeconds, CloseReason reason)
    {
        lease.End(closeSeconds, reason);
        await SendReceiptAsync(link, lease);
        await link.SendControlAsync(new LeaseEnded(lease.Id, lease.Seconds, reason));
    }

    private async Task SendReceiptAsync(LinkConnection link, FakeLease lease)
    {
        if (lease.NextReceipt() is not { } next) return;
        var signed = next.Receipt.Sign(Key, Domain);
        lease.LastReceipt = signed;
        await link.SendControlAsync(new ReceiptProposed(signed, next.Provenance), _stop.Token);
    }

    private Task ServeStreamsAsync(LinkConnection link, CancellationToken cancellation) =>
        Parallel.ForEachAsync(link.AcceptStreamsAsync(cancellation), cancellation, async (stream, inner) =>
        {
            await using (stream) await FakeStreams.ServeAsync(stream, Ever, Output, inner);
        });
}
