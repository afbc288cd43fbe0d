using System.Collections.Immutable;
using Grid.Node.Execution;
using Grid.Protocol.Manifests;

namespace Grid.Node.Leases;

/// <summary>From a lease's manifest to what this machine runs.</summary>
public static class WorkloadPlan
{
    private const long BytesPerMib = 1 << 20;

    /// <summary>The copies that the lease consists of.</summary>
    public static IReadOnlyList<WorkloadKey> Keys(NodeLease lease)
    {
        var placement = SealedManifest.Read(lease.Manifest).FindPlacement(lease.Placement)!;
        return [.. Copies(placement, lease.Ordinal).Select(copy => new WorkloadKey(lease.Lease, copy.Group.Service, copy.Replica))];
    }

    /// <param name="secretOf">The clear values; in memory alone.</param>
    /// <param name="devicesOf">Device files of a GPU.</param>
    public static LeaseWorkload Of(NodeLease lease, Func<SecretRef, string> secretOf, Func<string, ImmutableArray<string>> devicesOf, long stopAtBootMs)
    {
        var manifest = SealedManifest.Read(lease.Manifest).WithSecrets(secretOf);
        var placement = manifest.FindPlacement(lease.Placement)!;
        var services = Copies(placement, lease.Ordinal).Select(copy => Service(lease, manifest.FindService(copy.Group.Service)!, copy.Group, copy.Replica, devicesOf));
        var storage = lease.Bindings.StorageMib;
        return new LeaseWorkload(lease.Lease, 0, stopAtBootMs, Math.Max(storage.Total, Limits.LeastDiskMib), [.. services]);
    }

    /// <param name="ordinal">The replica where the placement is spread.</param>
    public static IEnumerable<(ManifestGroup Group, int Replica)> Copies(ManifestPlacement placement, int ordinal)
    {
        foreach (var group in placement.Groups)
        {
            // A spread placement's order is one replica of each service that has so many.
            var copies = placement.Spread ? Math.Clamp(group.Count - ordinal, 0, 1) : group.Count;
            for (var replica = 0; replica < copies; replica++) yield return (group, replica);
        }
    }

    private static ServiceWorkload Service(NodeLease lease, ManifestService service, ManifestGroup group, int replica, Func<string, ImmutableArray<string>> devicesOf)
    {
        var uuids = group.Resources.GpuUnitsMilli > 0 ? lease.Bindings.Devices.Select(static device => device.Uuid).ToImmutableArray() : [];
        return new ServiceWorkload(
            service.Name,
            replica,
            service.Kind == ServiceKind.Batch ? WorkloadKind.Batch : WorkloadKind.Service,
            service.Image,
            [.. service.Command, .. service.Args],
            [.. service.Env.Select(static variable => new EnvironmentVariable(variable.Name, variable.Value))],
            new WorkloadResources(group.Resources.CpuMillis, group.Resources.MemoryBytes / BytesPerMib))
        {
            Retries = service.Retries,
            Ports = [.. service.Expose.SelectMany(static expose => Enumerable.Range(expose.Port, expose.PortCount)).Distinct()],
            Inputs = [.. service.Inputs.Select(static input => new NamedPath(input.Name, input.Path))],
            Outputs = [.. service.Outputs.Select(static output => new NamedPath(output.Name, output.Path))],
            Volumes = [.. service.StorageMounts.Select(mount => Volume(mount, group.Resources))],
            GpuUuids = uuids,
            Devices = [.. uuids.SelectMany(uuid => devicesOf(uuid))],
        };
    }

    private static VolumeMount Volume(StorageMount mount, ComputeResources resources)
    {
        var volume = resources.Storage.FirstOrDefault(volume => volume.Name == mount.Volume);
        var memoryMib = volume is { Class: StorageClass.Ram } ? volume.SizeBytes / BytesPerMib : 0;
        return new VolumeMount(mount.Volume, mount.Mount, mount.ReadOnly, memoryMib);
    }
}
