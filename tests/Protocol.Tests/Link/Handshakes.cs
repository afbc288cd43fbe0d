using Grid.Chain.Crypto;
using Grid.Protocol.Link;
using Grid.Protocol.Signing;

namespace Grid.Tests.Protocol.Link;

public sealed class Handshakes
{
    [Fact]
    public async Task Both_sides_learn_who_the_other_is_and_agree_on_one_session()
    {
        await using var pair = await LinkPair.ConnectAsync();

        Assert.Equal(Keys.Node.Address, pair.Operator.Peer);
        Assert.Equal(Keys.Operator.Address, pair.Node.Peer);
        Assert.Equal(pair.Node.Session, pair.Operator.Session);
    }

    [Fact]
    public async Task Two_links_of_the_same_pair_have_different_sessions()
    {
        await using var first = await LinkPair.ConnectAsync();
        await using var second = await LinkPair.ConnectAsync();

        Assert.NotEqual(first.Node.Session, second.Node.Session);
    }

    [Fact]
    public async Task A_node_refuses_an_operator_whose_key_it_did_not_pin()
    {
        var (left, right) = InMemoryFramePipe.CreatePair();
        var accepting = LinkConnection.AcceptAsync(new RedirectedGreeting(right, Keys.Stranger.Address), Keys.Stranger, TimeProvider.System);

        var refused = await Assert.ThrowsAsync<LinkException>(() => LinkConnection.ConnectAsync(left, Keys.Node, Keys.Operator.Address, TimeProvider.System));

        Assert.Equal(LinkCloseReason.WrongPeer, refused.Reason);
        await Assert.ThrowsAsync<LinkException>(() => accepting);
    }

    [Fact]
    public async Task An_operator_refuses_a_node_that_asks_for_another_and_tells_it_why()
    {
        var (left, right) = InMemoryFramePipe.CreatePair();
        var accepting = LinkConnection.AcceptAsync(right, Keys.Operator, TimeProvider.System);

        var told = await Assert.ThrowsAsync<LinkException>(() => LinkConnection.ConnectAsync(left, Keys.Node, Keys.Stranger.Address, TimeProvider.System));

        Assert.Equal(LinkCloseReason.WrongPeer, (await Assert.ThrowsAsync<LinkException>(() => accepting)).Reason);
        Assert.Equal(LinkCloseReason.HandshakeRefused, told.Reason);
        Assert.Contains(Keys.Operator.Address.ToString(), told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_refuses_a_node_of_another_chain()
    {
        var (left, right) = InMemoryFramePipe.CreatePair();
        var accepting = LinkConnection.AcceptAsync(right, Keys.Operator, TimeProvider.System);
        var elsewhere = new LinkIdentity(Keys.Node.Key, GridDomain.For(31337, Address.Zero));

        await Assert.ThrowsAsync<LinkException>(() => LinkConnection.ConnectAsync(left, elsewhere, Keys.Operator.Address, TimeProvider.System));

        Assert.Equal(LinkCloseReason.WrongPeer, (await Assert.ThrowsAsync<LinkException>(() => accepting)).Reason);
    }

    [Fact]
    public async Task An_operator_refuses_a_node_with_its_own_key_since_it_could_reflect_a_signature()
    {
        var (left, right) = InMemoryFramePipe.CreatePair();
        var accepting = LinkConnection.AcceptAsync(right, Keys.Operator, TimeProvider.System);

        await Assert.ThrowsAsync<LinkException>(() => LinkConnection.ConnectAsync(left, Keys.Operator, Keys.Operator.Address, TimeProvider.System));

        Assert.Equal(LinkCloseReason.WrongPeer, (await Assert.ThrowsAsync<LinkException>(() => accepting)).Reason);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(600, true)]
    [InlineData(-600, true)]
    [InlineData(1801, false)]
    [InlineData(-1801, false)]
    public async Task A_node_takes_a_transcript_only_near_its_own_time(int nodeAheadSeconds, bool isTaken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var (left, right) = InMemoryFramePipe.CreatePair();
        var accepting = LinkConnection.AcceptAsync(right, Keys.Operator, new FixedTime(now));
        var connecting = LinkConnection.ConnectAsync(left, Keys.Node, Keys.Operator.Address, new FixedTime(now.AddSeconds(nodeAheadSeconds)));

        if (!isTaken)
        {
            Assert.Equal(LinkCloseReason.TranscriptExpired, (await Assert.ThrowsAsync<LinkException>(() => connecting)).Reason);
            await Assert.ThrowsAsync<LinkException>(() => accepting);
            return;
        }
        await using var pair = new LinkPair(await connecting, await accepting);
    }

    [Fact]
    public async Task A_provider_that_cannot_sign_for_its_address_is_refused()
    {
        var (left, right) = InMemoryFramePipe.CreatePair();
        var accepting = LinkConnection.AcceptAsync(right, Keys.Operator, TimeProvider.System);
        await using var node = new RawNode(left);
        await left.SendAsync(node.Greeting(Keys.Node.Address, Keys.Operator.Address, new byte[32]), default);
        await left.ReceiveAsync(default);
        byte[] proof = [3, .. Keys.Stranger.Key.Sign(Hash256.Zero).ToByteArray()];
        await left.SendAsync(proof, default);

        Assert.Equal(LinkCloseReason.BadSignature, (await Assert.ThrowsAsync<LinkException>(() => accepting)).Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(147)]
    [InlineData(1025)]
    [InlineData(60_000)]
    public async Task Garbage_in_place_of_a_greeting_is_refused(int sizeBytes)
    {
        var (left, right) = InMemoryFramePipe.CreatePair();
        var accepting = LinkConnection.AcceptAsync(right, Keys.Operator, TimeProvider.System);
        var garbage = new byte[sizeBytes];
        garbage.AsSpan().Fill(1);
        await left.SendAsync(garbage, default);

        await Assert.ThrowsAsync<LinkException>(() => accepting);
    }

    [Fact]
    public async Task A_point_off_the_curve_is_refused()
    {
        var (left, right) = InMemoryFramePipe.CreatePair();
        var accepting = LinkConnection.AcceptAsync(right, Keys.Operator, TimeProvider.System);
        await using var node = new RawNode(left);
        var greeting = node.Greeting(Keys.Node.Address, Keys.Operator.Address, new byte[32]);
        greeting[60] ^= 1;
        await left.SendAsync(greeting, default);

        var refused = await Assert.ThrowsAsync<LinkException>(() => accepting);
        Assert.Contains("P-256", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_hangs_up_ends_the_handshake()
    {
        var (left, right) = InMemoryFramePipe.CreatePair();
        var accepting = LinkConnection.AcceptAsync(right, Keys.Operator, TimeProvider.System);
        await left.DisposeAsync();

        Assert.Equal(LinkCloseReason.PeerClosed, (await Assert.ThrowsAsync<LinkException>(() => accepting)).Reason);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    /// <summary>A man in the middle that makes the greeting look as if it were meant for him.</summary>
    private sealed class RedirectedGreeting(IFramePipe inner, Address to) : IFramePipe
    {
        public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) => inner.SendAsync(message, cancellation);

        public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellation)
        {
            if (await inner.ReceiveAsync(cancellation) is not { } message) return null;
            var changed = message.ToArray();
            if (changed[0] == 1) to.CopyTo(changed.AsSpan(30));
            return changed;
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
