using System.Buffers.Binary;
using Grid.Chain.Crypto;
using Grid.Protocol.Sealing;

namespace Grid.Protocol.Link.Handshake;

/// <summary>First message, node → operator: <c>1 ‖ version (1) ‖ chain id (8) ‖ provider (20) ‖ operator (20) ‖ ephemeral key (65) ‖ nonce (32)</c>.</summary>
internal sealed record NodeGreeting(long ChainId, ProviderId Provider, Address Operator, SealingPublicKey Key, Hash256 Nonce)
{
    public const byte Kind = 1;
    public const byte Version = 1;
    private const int KeyAt = 2 + sizeof(long) + 2 * Address.SizeBytes;
    private const int SizeBytes = KeyAt + SealingPublicKey.SizeBytes + Hash256.SizeBytes;

    public byte[] Encode()
    {
        var bytes = new byte[SizeBytes];
        bytes[0] = Kind;
        bytes[1] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(2), ChainId);
        Provider.Value.CopyTo(bytes.AsSpan(10));
        Operator.CopyTo(bytes.AsSpan(30));
        Key.Bytes.CopyTo(bytes.AsSpan(KeyAt));
        Nonce.CopyTo(bytes.AsSpan(KeyAt + SealingPublicKey.SizeBytes));
        return bytes;
    }

    public static NodeGreeting Decode(ReadOnlySpan<byte> bytes)
    {
        HandshakeShape.Require(bytes, Kind, SizeBytes);
        if (bytes[1] != Version)
            throw new LinkException(
                LinkCloseReason.HandshakeRefused,
                $"This operator speaks version {Version} of the node link, not {bytes[1]}: use a node of the same release.");
        return new NodeGreeting(
            BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
            new ProviderId(new Address(bytes[10..30])),
            new Address(bytes[30..50]),
            HandshakeShape.ReadKey(bytes[KeyAt..]),
            new Hash256(bytes[^Hash256.SizeBytes..]));
    }
}

/// <summary>Second, operator → node: <c>2 ‖ ephemeral key (65) ‖ nonce (32) ‖ expiry (8) ‖ signature (65)</c>.</summary>
internal sealed record OperatorGreeting(SealingPublicKey Key, Hash256 Nonce, long ExpiryUnixSeconds, Signature Signature)
{
    public const byte Kind = 2;
    private const int NonceAt = 1 + SealingPublicKey.SizeBytes;
    private const int ExpiryAt = NonceAt + Hash256.SizeBytes;
    private const int SignatureAt = ExpiryAt + sizeof(long);
    private const int SizeBytes = SignatureAt + Signature.SizeBytes;

    public byte[] Encode()
    {
        var bytes = new byte[SizeBytes];
        bytes[0] = Kind;
        Key.Bytes.CopyTo(bytes.AsSpan(1));
        Nonce.CopyTo(bytes.AsSpan(NonceAt));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(ExpiryAt), ExpiryUnixSeconds);
        Signature.CopyTo(bytes.AsSpan(SignatureAt));
        return bytes;
    }

    public static OperatorGreeting Decode(ReadOnlySpan<byte> bytes)
    {
        HandshakeShape.Require(bytes, Kind, SizeBytes);
        return new OperatorGreeting(
            HandshakeShape.ReadKey(bytes[1..]),
            new Hash256(bytes[NonceAt..ExpiryAt]),
            BinaryPrimitives.ReadInt64BigEndian(bytes[ExpiryAt..]),
            new Signature(bytes[SignatureAt..]));
    }
}

/// <summary>Third, node → operator: <c>3 ‖ signature (65)</c>.</summary>
internal sealed record NodeProof(Signature Signature)
{
    public const byte Kind = 3;
    private const int SizeBytes = 1 + Signature.SizeBytes;

    public byte[] Encode()
    {
        var bytes = new byte[SizeBytes];
        bytes[0] = Kind;
        Signature.CopyTo(bytes.AsSpan(1));
        return bytes;
    }

    public static NodeProof Decode(ReadOnlySpan<byte> bytes)
    {
        HandshakeShape.Require(bytes, Kind, SizeBytes);
        return new NodeProof(new Signature(bytes[1..]));
    }
}

/// <summary>In place of the second or any later message: <c>255 ‖ reason</c> in UTF-8. Nobody signed it.</summary>
internal static class HandshakeRefusal
{
    public const byte Kind = 255;

    public static byte[] Encode(string reason) => [Kind, .. ReasonText.Encode(reason)];

    public static string Decode(ReadOnlySpan<byte> bytes) => ReasonText.Decode(bytes[1..]);
}

internal static class HandshakeShape
{
    public static void Require(ReadOnlySpan<byte> bytes, byte kind, int sizeBytes)
    {
        if (bytes.Length > 0 && bytes[0] == HandshakeRefusal.Kind)
            throw new LinkException(LinkCloseReason.HandshakeRefused, $"The peer refused the handshake: {HandshakeRefusal.Decode(bytes)}");
        if (bytes.Length != sizeBytes || bytes[0] != kind)
            throw new LinkException(
                LinkCloseReason.HandshakeRefused,
                $"Expected handshake message {kind} of {sizeBytes} bytes; {bytes.Length} bytes came. Is this a node link?");
    }

    public static SealingPublicKey ReadKey(ReadOnlySpan<byte> bytes) => SealingPublicKey.TryCreate(bytes[..SealingPublicKey.SizeBytes], out var key)
        ? key
        : throw new LinkException(LinkCloseReason.HandshakeRefused, "The peer's ephemeral key is no point on P-256.");
}
