using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Protocol.Link.Frames;

namespace Grid.Protocol.Link.Handshake;

/// <summary>What a handshake leaves: who the peer is, the session's id (the transcript's digest) and one key per direction.</summary>
internal sealed record LinkKeys(Address Peer, Hash256 Session, byte[] NodeToOperator, byte[] OperatorToNode)
{
    private const int KeyBytes = 32;

    public static LinkKeys Derive(Address peer, Hash256 session, byte[] sharedSecret)
    {
        var salt = session.ToByteArray();
        try
        {
            return new LinkKeys(
                peer,
                session,
                HKDF.DeriveKey(HashAlgorithmName.SHA256, sharedSecret, KeyBytes, salt, "grid link v1 node to operator"u8.ToArray()),
                HKDF.DeriveKey(HashAlgorithmName.SHA256, sharedSecret, KeyBytes, salt, "grid link v1 operator to node"u8.ToArray()));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(sharedSecret);
        }
    }

    public FrameCode CodeOf(LinkDirection direction) =>
        new(direction is LinkDirection.NodeToOperator ? NodeToOperator : OperatorToNode, direction, Session);

    public override string ToString() => $"LinkKeys({Peer}, {Session})";
}
