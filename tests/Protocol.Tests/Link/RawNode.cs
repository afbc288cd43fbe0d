using System.Buffers.Binary;
using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Link;
using Grid.Protocol.Signing;

namespace Grid.Tests.Protocol.Link;

/// <summary>A node written a second time from the README alone, which can also misbehave.</summary>
internal sealed class RawNode(IFramePipe pipe) : IAsyncDisposable
{
    private const int KeyBytes = 65;
    private readonly ECDiffieHellman _ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private byte[] _session = [];
    private byte[] _sendKey = [];
    private ulong _sequence;

    public IFramePipe Pipe => pipe;

    /// <summary>Shakes hands with an operator and returns both.</summary>
    public static async Task<(RawNode Node, LinkConnection Operator)> ConnectAsync()
    {
        var (left, right) = InMemoryFramePipe.CreatePair();
        var accepting = LinkConnection.AcceptAsync(right, Keys.Operator, TimeProvider.System);
        var node = new RawNode(left);
        await node.ShakeHandsAsync();
        return (node, await accepting);
    }

    public byte[] Greeting(Address provider, Address operatorAddress, byte[] nonce)
    {
        var bytes = new byte[10 + 20 + 20 + KeyBytes + 32];
        bytes[0] = 1;
        bytes[1] = 1;
        provider.CopyTo(bytes.AsSpan(10));
        operatorAddress.CopyTo(bytes.AsSpan(30));
        PublicKey().CopyTo(bytes, 50);
        nonce.CopyTo(bytes, 115);
        return bytes;
    }

    public async Task ShakeHandsAsync()
    {
        var nonce = RandomNumberGenerator.GetBytes(32);
        await pipe.SendAsync(Greeting(Keys.Node.Address, Keys.Operator.Address, nonce), default);
        var answer = (await pipe.ReceiveAsync(default))!.Value.ToArray();
        Assert.Equal(2, answer[0]);

        var transcript = new LinkTranscript(
            0,
            Keys.Operator.Address,
            new ProviderId(Keys.Node.Address),
            new Hash256(SHA256.HashData(answer.AsSpan(1, KeyBytes))),
            new Hash256(SHA256.HashData(PublicKey())),
            new Hash256(answer.AsSpan(66, 32)),
            new Hash256(nonce),
            BinaryPrimitives.ReadInt64BigEndian(answer.AsSpan(98)));
        Assert.True(new Signed<LinkTranscript>(transcript, new Signature(answer.AsSpan(106))).IsSignedBy(Keys.Operator.Address, GridDomain.Local));
        await pipe.SendAsync(new byte[] { 3 }.Concat(transcript.Sign(Keys.Node.Key, GridDomain.Local).Signature.ToByteArray()).ToArray(), default);

        _session = transcript.Digest(GridDomain.Local).ToByteArray();
        _sendKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, Agree(answer.AsSpan(1, KeyBytes)), 32, _session, "grid link v1 node to operator"u8.ToArray());
    }

    /// <summary>The next frame, rightly numbered and coded.</summary>
    public byte[] Frame(uint stream, byte kind, ReadOnlySpan<byte> data)
    {
        var frame = new byte[13 + data.Length + 32];
        BinaryPrimitives.WriteUInt64BigEndian(frame, _sequence++);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), stream);
        frame[12] = kind;
        data.CopyTo(frame.AsSpan(13));
        byte[] coded = [1, .. _session, .. frame[..^32]];
        HMACSHA256.HashData(_sendKey, coded).CopyTo(frame, frame.Length - 32);
        return frame;
    }

    public ValueTask SendAsync(uint stream, byte kind, ReadOnlySpan<byte> data) => pipe.SendAsync(Frame(stream, kind, data), default);

    public void SkipSequence() => _sequence++;

    public ValueTask DisposeAsync()
    {
        _ephemeral.Dispose();
        return pipe.DisposeAsync();
    }

    private byte[] PublicKey()
    {
        var point = _ephemeral.ExportParameters(false).Q;
        return [4, .. point.X!, .. point.Y!];
    }

    private byte[] Agree(ReadOnlySpan<byte> key)
    {
        using var peer = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = key[1..33].ToArray(), Y = key[33..].ToArray() },
        });
        return _ephemeral.DeriveRawSecretAgreement(peer.PublicKey);
    }
}
