using System.Text;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Sealing;

/// <summary>
/// What sealed bytes are for. It is authenticated, not sent: whoever opens must name the same context, so that sealed bytes can't be moved to another
/// lease, service or use.
/// </summary>
/// <param name="Id">What they belong to: a lease, or a payer padded to 32 bytes while there is no deployment yet.</param>
/// <param name="Name">Which of them, such as <c>service/NAME</c>; may be empty.</param>
public sealed record SealingContext(SealingPurpose Purpose, Hash256 Id, string Name)
{
    /// <summary>A tenant's secret or registry credential on its way to the operator: the deployment's id is not known yet, since it covers these bytes' hash.</summary>
    public static SealingContext TenantSecret(Address payer, string service, string name) =>
        new(SealingPurpose.TenantSecret, Padded(payer), $"{service}/{name}");

    public static SealingContext TenantInput(Address payer, string service, string name) => new(SealingPurpose.TenantInput, Padded(payer), $"{service}/{name}");

    /// <summary>The same secret, sealed again for the node that was chosen.</summary>
    public static SealingContext LeaseSecret(LeaseId lease, string service, string name) => new(SealingPurpose.LeaseSecret, lease.Value, $"{service}/{name}");

    public static SealingContext LeaseInput(LeaseId lease, string service, string name) => new(SealingPurpose.LeaseInput, lease.Value, $"{service}/{name}");

    /// <summary>What a workload made, sealed by the node for the tenant.</summary>
    public static SealingContext Artifact(LeaseId lease, string service, string name) => new(SealingPurpose.Artifact, lease.Value, $"{service}/{name}");

    /// <summary>version ‖ purpose ‖ id ‖ name: the associated data.</summary>
    internal byte[] ToAssociatedData(byte version)
    {
        var nameBytes = Encoding.UTF8.GetByteCount(Name);
        if (nameBytes > Limits.MaxContextNameBytes)
            throw new ArgumentException($"A sealing context's name has at most {Limits.MaxContextNameBytes} bytes of UTF-8, not {nameBytes}.");
        var data = new byte[2 + Hash256.SizeBytes + nameBytes];
        data[0] = version;
        data[1] = (byte)Purpose;
        Id.CopyTo(data.AsSpan(2));
        Encoding.UTF8.GetBytes(Name, data.AsSpan(2 + Hash256.SizeBytes));
        return data;
    }

    private static Hash256 Padded(Address address)
    {
        Span<byte> word = stackalloc byte[Hash256.SizeBytes];
        word.Clear();
        address.CopyTo(word[(Hash256.SizeBytes - Address.SizeBytes)..]);
        return new Hash256(word);
    }
}

/// <summary>The numbers are authenticated: never reuse one.</summary>
public enum SealingPurpose : byte
{
    TenantSecret = 1,
    TenantInput = 2,
    LeaseSecret = 3,
    LeaseInput = 4,
    Artifact = 5,
}
