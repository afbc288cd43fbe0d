using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Link.Handshake;

/// <summary>Greeting, greeting with the operator's signature, the node's signature: three messages, one transcript that both sign.</summary>
internal static class LinkHandshake
{
    public static async Task<LinkKeys> ConnectAsync(
        IFramePipe pipe, LinkIdentity node, Address pinnedOperator, TimeProvider time, CancellationToken cancellation)
    {
        using var ephemeral = SealingKeyPair.Generate();
        var greeting = new NodeGreeting(node.Domain.ChainId, new ProviderId(node.Address), pinnedOperator, ephemeral.PublicKey, NewNonce());
        await pipe.SendAsync(greeting.Encode(), cancellation);

        var answer = OperatorGreeting.Decode(await ReceiveAsync(pipe, cancellation));
        var transcript = TranscriptOf(greeting, answer.Key, answer.Nonce, answer.ExpiryUnixSeconds);
        CheckExpiry(transcript, time.GetUtcNow());
        if (!new Signed<LinkTranscript>(transcript, answer.Signature).IsSignedBy(pinnedOperator, node.Domain))
            throw new LinkException(
                LinkCloseReason.WrongPeer,
                $"The peer is not operator {pinnedOperator}, whose key this node pinned: it did not sign the transcript.");

        await pipe.SendAsync(new NodeProof(transcript.Sign(node.Key, node.Domain).Signature).Encode(), cancellation);
        return LinkKeys.Derive(pinnedOperator, transcript.Digest(node.Domain), ephemeral.AgreeWith(answer.Key));
    }

    public static async Task<LinkKeys> AcceptAsync(IFramePipe pipe, LinkIdentity self, TimeProvider time, CancellationToken cancellation)
    {
        var greeting = NodeGreeting.Decode(await ReceiveAsync(pipe, cancellation));
        CheckGreeting(greeting, self);

        using var ephemeral = SealingKeyPair.Generate();
        var expiry = time.GetUtcNow().ToUnixTimeSeconds() + Limits.TranscriptLifetimeSeconds;
        var transcript = TranscriptOf(greeting, ephemeral.PublicKey, NewNonce(), expiry);
        var answer = new OperatorGreeting(ephemeral.PublicKey, transcript.OperatorNonce, expiry, transcript.Sign(self.Key, self.Domain).Signature);
        await pipe.SendAsync(answer.Encode(), cancellation);

        var proof = NodeProof.Decode(await ReceiveAsync(pipe, cancellation));
        if (!new Signed<LinkTranscript>(transcript, proof.Signature).IsSignedBy(greeting.Provider.Value, self.Domain))
            throw new LinkException(LinkCloseReason.BadSignature, $"The peer is not provider {greeting.Provider}: it did not sign the transcript.");
        return LinkKeys.Derive(greeting.Provider.Value, transcript.Digest(self.Domain), ephemeral.AgreeWith(greeting.Key));
    }

    private static void CheckGreeting(NodeGreeting greeting, LinkIdentity self)
    {
        if (greeting.Operator != self.Address)
            throw new LinkException(LinkCloseReason.WrongPeer, $"The node asks for operator {greeting.Operator}; this is {self.Address}.");
        if (greeting.ChainId != self.Domain.ChainId)
            throw new LinkException(
                LinkCloseReason.WrongPeer,
                $"The node is set to chain {greeting.ChainId}; this operator settles on chain {self.Domain.ChainId}.");
        // One key on both sides would let a peer send our own signature back to us.
        if (greeting.Provider.Value == self.Address)
            throw new LinkException(LinkCloseReason.WrongPeer, $"The node uses the operator's own key {self.Address}; give it a key of its own.");
    }

    private static void CheckExpiry(LinkTranscript transcript, DateTimeOffset now)
    {
        var left = transcript.ExpiryUnixSeconds - now.ToUnixTimeSeconds();
        if (left <= 0)
            throw new LinkException(
                LinkCloseReason.TranscriptExpired,
                $"The operator's transcript expired {-left} s ago by this machine's clock. Is the clock right?");
        if (left > Limits.MaxTranscriptLifetimeSeconds)
            throw new LinkException(
                LinkCloseReason.TranscriptExpired,
                $"The operator's transcript expires in {left} s by this machine's clock, at most {Limits.MaxTranscriptLifetimeSeconds} s are accepted. Is the clock right?");
    }

    private static LinkTranscript TranscriptOf(NodeGreeting greeting, SealingPublicKey operatorKey, Hash256 operatorNonce, long expiry) => new(
        greeting.ChainId, greeting.Operator, greeting.Provider, operatorKey.Hash, greeting.Key.Hash, operatorNonce, greeting.Nonce, expiry);

    private static async ValueTask<byte[]> ReceiveAsync(IFramePipe pipe, CancellationToken cancellation)
    {
        var message = await pipe.ReceiveAsync(cancellation)
            ?? throw new LinkException(LinkCloseReason.PeerClosed, "The peer closed the connection during the handshake.");
        if (message.Length > Limits.MaxHandshakeBytes)
            throw new LinkException(LinkCloseReason.FrameTooLarge, $"A handshake message has at most {Limits.MaxHandshakeBytes} bytes, not {message.Length}.");
        return message.ToArray();
    }

    private static Hash256 NewNonce() => new(RandomNumberGenerator.GetBytes(Hash256.SizeBytes));
}
