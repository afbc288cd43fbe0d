using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Link.Messages;

/// <summary>
/// What a node has bound for its other operators: not to be had through the one that is told. It says nothing of who they are, nor of their
/// leases.
/// </summary>
/// <param name="Amounts">Sums; GPUs in thousandths.</param>
/// <param name="Devices">Each device once, with the part of it that is bound; sorted by uuid.</param>
public sealed record BoundElsewhere(ResourceAmounts Amounts, IReadOnlyList<BoundDevice> Devices)
{
    public static BoundElsewhere Nothing { get; } = new(default, []);

    public static BoundElsewhere Of(IEnumerable<Bindings> bindings)
    {
        var amounts = default(ResourceAmounts);
        var shares = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var bound in bindings)
        {
            var gpuMillis = bound.Devices.Sum(static device => (long)device.ShareMillis);
            amounts += new ResourceAmounts(bound.CpuMillis, bound.MemoryMib, bound.StorageMib, gpuMillis, bound.Ports.Count);
            foreach (var device in bound.Devices) shares[device.Uuid] = shares.GetValueOrDefault(device.Uuid) + device.ShareMillis;
        }

        return new BoundElsewhere(amounts, [.. shares.Select(static share => new BoundDevice(share.Key, share.Value))]);
    }

    /// <summary>False for amounts out of range, and for more devices than an offer may list.</summary>
    public bool IsWellFormed() =>
        Amounts.IsWithinBounds && Devices is { Count: <= OfferLimits.MaxDevices }
        && Devices.All(static device => device is not null && device.IsWellFormed());

    /// <summary>The thousandths of a device that are bound.</summary>
    public long ShareOf(string uuid) => Devices.Where(device => device.Uuid == uuid).Sum(static device => (long)device.ShareMillis);

    public bool Equals(BoundElsewhere? other) => other is not null && Amounts == other.Amounts && Devices.SequenceEqual(other.Devices);

    public override int GetHashCode() => HashCode.Combine(Amounts, Devices.Count);
}
