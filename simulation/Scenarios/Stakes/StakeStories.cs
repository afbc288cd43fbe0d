using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Simulation;

internal static class StakeStories
{
    public static readonly Address Reporter = AddressOf(1);
    public static readonly Address Copycat = AddressOf(2);

    public static Fault FaultOf(int lease, long from, long seconds, Money paid) => new(
        FaultKind.Downtime, new ProviderId(AddressOf(3)), new LeaseId(Keccak256.Hash(BitConverter.GetBytes(lease))), AddressOf(4), from, from + seconds, paid, Reporter);

    private static Address AddressOf(byte number) => new(Keccak256.Hash([number]).ToByteArray().AsSpan(0, Address.SizeBytes));
}
