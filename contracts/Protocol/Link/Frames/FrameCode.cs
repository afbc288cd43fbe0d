using System.Security.Cryptography;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Link.Frames;

/// <summary>HMAC-SHA256 over direction (1) ‖ session (32) ‖ sequence ‖ stream ‖ payload, with the key of that direction.</summary>
internal sealed class FrameCode : IDisposable
{
    private readonly IncrementalHash _hmac;
    private readonly byte[] _prefix = new byte[1 + Hash256.SizeBytes];

    public FrameCode(byte[] key, LinkDirection direction, Hash256 session)
    {
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        _prefix[0] = (byte)direction;
        session.CopyTo(_prefix.AsSpan(1));
    }

    /// <param name="frame">Everything before the code.</param>
    public void Compute(ReadOnlySpan<byte> frame, Span<byte> code)
    {
        _hmac.AppendData(_prefix);
        _hmac.AppendData(frame);
        _hmac.GetHashAndReset(code);
    }

    public void Dispose() => _hmac.Dispose();
}

internal enum LinkDirection : byte
{
    NodeToOperator = 1,
    OperatorToNode = 2,
}
