using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;

namespace Grid.Tests.Crypto;

internal static class Arbitraries
{
    public static Gen<byte[]> Bytes(int count) => Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(count);

    public static Gen<Hash256> Digests => Bytes(32).Select(b => new Hash256(b));

    /// <summary>Valid private keys. (A random word is not one with a chance of 2^-128.)</summary>
    public static Gen<byte[]> Secrets => Bytes(32).Where(b => b.Any(x => x != 0) && b.Any(x => x != 0xff));
}
