using System.Buffers.Binary;
using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains;

/// <summary>Ids and keys by number: the same number is the same thing.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly PrivateKey OperatorKey = Key("operator", 0);

    public static readonly GridIdentity Identity = new(OperatorKey.Address, GridDomain.Local);

    public static LeaseId Lease(int number) => new(Digest("lease", number));

    public static OrderId Order(int number) => new(Digest("order", number));

    public static DeploymentId Deployment(int number) => new(Digest("deployment", number));

    public static ProviderId Provider(int number) => new(ProviderKey(number).Address);

    public static PrivateKey ProviderKey(int number) => Key("provider", number);

    public static PrivateKey TenantKey(int number) => Key("tenant", number);

    public static Hash256 Digest(string kind, int number)
    {
        var bytes = new byte[kind.Length + 4];
        System.Text.Encoding.ASCII.GetBytes(kind, bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(kind.Length), number);
        return new Hash256(SHA256.HashData(bytes));
    }

    public static Signature Signature(int number) => OperatorKey.Sign(Digest("signed", number));

    private static PrivateKey Key(string kind, int number) => PrivateKey.FromBytes(Digest(kind, number).ToByteArray());
}
