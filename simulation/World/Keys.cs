using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Grid.Chain.Crypto;

namespace Grid.Simulation;

/// <summary>Real keys, the same for the same seed and name.</summary>
internal static class Keys
{
    public static PrivateKey Of(ulong seed, string name) => PrivateKey.FromBytes(Digest(seed, name));

    public static Hash256 HashOf(ulong seed, string name) => new(Digest(seed, name));

    private static byte[] Digest(ulong seed, string name)
    {
        var bytes = new byte[sizeof(ulong) + Encoding.UTF8.GetByteCount(name)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, seed);
        Encoding.UTF8.GetBytes(name, bytes.AsSpan(sizeof(ulong)));
        return SHA256.HashData(bytes);
    }
}
