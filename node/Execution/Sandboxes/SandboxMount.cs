using System.Collections.Immutable;

namespace Grid.Node.Execution.Sandboxes;

public enum MountKind
{
    ReadOnly,
    Writable,
    Memory,
}

/// <param name="Source">Relative to the lease's <c>files</c> directory; empty for memory.</param>
/// <param name="Destination">Absolute, inside the sandbox.</param>
public sealed record SandboxMount(MountKind Kind, string Source, string Destination, long SizeMib = 0);

/// <summary>Which directories of a lease a service sees where: pure, and the same at the start as when an output is fetched.</summary>
public static class MountPlan
{
    /// <summary>Ordered so that a mount inside another one comes after it.</summary>
    public static ImmutableArray<SandboxMount> Of(WorkloadKey key, ServiceWorkload service)
    {
        var mounts = new List<SandboxMount> { new(MountKind.Writable, $"work/{key.FileName}", SandboxPath.WorkDirectory) };
        foreach (var volume in service.Volumes) mounts.Add(Volume(key, volume));
        foreach (var output in service.Outputs) AddOutput(mounts, key, SandboxPath.Parent(SandboxPath.Absolute(output.Path)));
        foreach (var input in service.Inputs) mounts.Add(new SandboxMount(MountKind.ReadOnly, InputSource(key, input.Name), SandboxPath.Absolute(input.Path)));
        return [.. mounts.OrderBy(mount => mount.Destination.Count(c => c == '/')).ThenBy(mount => mount.Destination, StringComparer.Ordinal)];
    }

    public static string InputSource(WorkloadKey key, string input) => $"in/{key.FileName}/{input}";

    /// <returns>Where the file of a sandbox path lies, relative to <c>files</c>; null where no directory of the lease holds it.</returns>
    public static (string Directory, string File)? Locate(IEnumerable<SandboxMount> mounts, string path)
    {
        var absolute = SandboxPath.Absolute(path);
        var mount = mounts.Where(mount => SandboxPath.IsBelow(absolute, mount.Destination)).MaxBy(mount => mount.Destination.Length);
        return mount is null or { Kind: MountKind.Memory } ? null : (mount.Source, absolute[(mount.Destination.Length + 1)..]);
    }

    private static SandboxMount Volume(WorkloadKey key, VolumeMount volume)
    {
        var destination = SandboxPath.Absolute(volume.Path);
        if (volume.MemorySizeMib > 0) return new SandboxMount(MountKind.Memory, "", destination, volume.MemorySizeMib);
        return new SandboxMount(volume.IsReadOnly ? MountKind.ReadOnly : MountKind.Writable, $"volumes/{key.FileName}/{volume.Name}", destination);
    }

    private static void AddOutput(List<SandboxMount> mounts, WorkloadKey key, string directory)
    {
        if (mounts.Any(mount => mount.Kind == MountKind.Writable && SandboxPath.IsBelowOrAt(directory, mount.Destination))) return;
        mounts.Add(new SandboxMount(MountKind.Writable, $"out/{key.FileName}/{mounts.Count}", directory));
    }
}
