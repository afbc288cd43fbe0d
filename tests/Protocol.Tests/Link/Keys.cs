using Grid.Chain.Crypto;
using Grid.Protocol.Link;
using Grid.Protocol.Signing;

namespace Grid.Tests.Protocol.Link;

/// <summary>Fixed test keys: they are worth nothing.</summary>
internal static class Keys
{
    public static LinkIdentity Operator { get; } = Identity(1);

    public static LinkIdentity Node { get; } = Identity(2);

    public static LinkIdentity Stranger { get; } = Identity(3);

    public static PrivateKey Of(byte number)
    {
        var bytes = new byte[32];
        bytes[31] = number;
        return PrivateKey.FromBytes(bytes);
    }

    private static LinkIdentity Identity(byte number) => new(Of(number), GridDomain.Local);
}
