using Grid.Protocol.Manifests.Yaml;

namespace Grid.Protocol.Manifests.Reading;

/// <summary>What a home machine can't give: ports 80 and 443, more than one GPU, 32 CPUs, 128Gi memory or 2000Gi storage. Port ranges exist only there.</summary>
internal static class FizzRules
{
    private const long MostCpuMillis = 32_000;
    private const long MostMemoryBytes = 128L << 30;
    private const long MostStorageBytes = 2000L << 30;
    private const int MostGpuMilli = GpuRequirement.MilliPerGpu;

    public static void CheckPlacement(ManifestPlacement placement, Fields fields)
    {
        if (placement.Mode != PlacementMode.Fizz) return;
        var totals = placement.Groups.Select(group => (group.Resources, Count: placement.Spread ? 1 : group.Count)).ToList();
        Refuse(totals.Sum(group => group.Resources.CpuMillis * group.Count) > MostCpuMillis, "32 CPUs");
        Refuse(totals.Sum(group => group.Resources.MemoryBytes * group.Count) > MostMemoryBytes, "128Gi memory");
        Refuse(totals.Sum(group => group.Resources.DiskBytes * group.Count) > MostStorageBytes, "2000Gi storage");
        Refuse(totals.Sum(group => (long)group.Resources.GpuUnitsMilli * group.Count) > MostGpuMilli, "one GPU");

        void Refuse(bool isTooMuch, string most)
        {
            if (isTooMuch) fields.Findings.Error(fields.At, fields.Path, $"`mode: fizz` gives at most {most} to a placement; ask for less or use `mode: provider`");
        }
    }

    public static void CheckService(ManifestService service, PlacementMode mode, Fields fields)
    {
        for (var i = 0; i < service.Expose.Length; i++)
        {
            var expose = service.Expose[i];
            var (place, path) = (YamlPlace.Find(fields.At, "expose", i), fields.PathOf($"expose[{i}]"));
            var exposesWebPort = Covers(expose, 80) || Covers(expose, 443);
            if (mode == PlacementMode.Fizz && exposesWebPort) fields.Findings.Error(place, path, "`mode: fizz` can't expose ports 80 and 443; choose another `as`");
            if (mode != PlacementMode.Fizz && expose.PortCount > 1) fields.Findings.Error(place, path, "port ranges exist only in `mode: fizz`; list the ports one by one");
        }
    }

    private static bool Covers(ManifestExpose expose, int port) => port >= expose.As && port < expose.As + expose.PortCount;
}
