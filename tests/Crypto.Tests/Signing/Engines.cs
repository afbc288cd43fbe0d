using Grid.Chain.Crypto.Engines;

namespace Grid.Tests.Crypto.Signing;

/// <summary>The engines that this machine has.</summary>
internal static class Engines
{
    public const string HowToGetNative = "libsecp256k1 is not on this system, so the engines were not compared: install Debian's package libsecp256k1-1 (libsecp256k1-2 on Debian 13).";

    public static IReadOnlyList<Secp256k1Engine> All { get; } =
        Secp256k1Engine.Native is { } native ? [Secp256k1Engine.Managed, native] : [Secp256k1Engine.Managed];

    public static Secp256k1Engine NativeOrSkip()
    {
        Assert.SkipWhen(Secp256k1Engine.Native is null, HowToGetNative);
        return Secp256k1Engine.Native!;
    }
}
