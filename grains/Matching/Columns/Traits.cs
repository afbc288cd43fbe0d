using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>What a listing is, one bit for each thing that an order may ask: an order's question is a mask of which one bit must be there.</summary>
internal static class Traits
{
    private const int ArchitectureBit = 2;
    private const int IsolationBit = 3;
    private const int HostImageBit = 7;
    private const int TierBit = 7;

    /// <param name="row">With a tier from 1 to 7.</param>
    public static ushort Of(OfferRow row)
    {
        var traits = Mode(row.Mode) | Architecture(row.Architecture) | 1 << TierBit + row.Standing.TrustTier;
        for (var level = IsolationLevel.Namespaces; level <= row.Isolation; level++) traits |= AtLeast(level);
        return (ushort)(row.AllowsHostImage ? traits | HostImage : traits);
    }

    public const int HostImage = 1 << HostImageBit;

    public static int Mode(OfferMode mode) => mode <= OfferMode.Fizz ? 1 << (int)mode : 0;

    public static int Architecture(CpuArchitecture architecture) => architecture <= CpuArchitecture.Arm64 ? 1 << ArchitectureBit + (int)architecture : 0;

    /// <param name="level">Above <see cref="IsolationLevel.None"/>: every listing has that.</param>
    public static int AtLeast(IsolationLevel level) => level <= IsolationLevel.VirtualMachine ? 1 << IsolationBit + (int)level : 0;

    /// <param name="tiers">Bit t allows tier t.</param>
    public static int AnyTier(byte tiers) => (tiers & ~1) << TierBit;

    public static OfferMode ModeOf(ushort traits) => (traits & Mode(OfferMode.Fizz)) != 0 ? OfferMode.Fizz : OfferMode.Provider;

    public static CpuArchitecture ArchitectureOf(ushort traits) =>
        (traits & Architecture(CpuArchitecture.Arm64)) != 0 ? CpuArchitecture.Arm64 : CpuArchitecture.Amd64;

    public static IsolationLevel IsolationOf(ushort traits)
    {
        var level = IsolationLevel.VirtualMachine;
        while (level > IsolationLevel.None && (traits & AtLeast(level)) == 0) level--;
        return level;
    }

    public static byte TierOf(ushort traits) => (byte)(System.Numerics.BitOperations.Log2(traits) - TierBit);
}
