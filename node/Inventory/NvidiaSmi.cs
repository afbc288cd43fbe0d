using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Grid.Node.Inventory;

/// <summary>Reads what <c>nvidia-smi</c> prints. Pure: the tool is run elsewhere.</summary>
public static partial class NvidiaSmi
{
    public const string Query =
        "--query-gpu=index,uuid,name,memory.total,driver_version,compute_cap,pci.bus_id,mig.mode.current --format=csv,noheader,nounits";

    private const int FieldCount = 8;

    /// <param name="csv">Output of <see cref="Query"/>: one line a GPU. Any text is taken; what isn't a GPU becomes a problem.</param>
    public static GpuListing Parse(string csv)
    {
        var gpus = ImmutableArray.CreateBuilder<Gpu>();
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var line in Lines(csv))
        {
            var gpu = ParseLine(line);
            if (gpu is null) problems.Add($"nvidia-smi: not a GPU: '{Shorten(line)}'");
            else if (gpus.Any(known => known.Uuid == gpu.Uuid)) problems.Add($"nvidia-smi: GPU '{gpu.Uuid}' is listed twice");
            else if (gpus.Count == Limits.MaxGpus) problems.Add($"nvidia-smi: more than {Limits.MaxGpus} GPUs, '{gpu.Uuid}' is left out");
            else gpus.Add(gpu);
            if (problems.Count >= Limits.MaxGpus) break;
        }

        return new GpuListing(gpus.ToImmutable(), problems.ToImmutable());
    }

    /// <summary>Adds the MIG instances that <c>nvidia-smi -L</c> lists below each GPU.</summary>
    public static GpuListing WithMigInstances(GpuListing listing, string list)
    {
        var byGpu = new SortedDictionary<string, ImmutableArray<MigInstance>>(StringComparer.Ordinal);
        var gpu = "";
        foreach (var line in Lines(list))
        {
            if (GpuLine().Match(line) is { Success: true } heading) gpu = heading.Groups["uuid"].Value;
            else if (MigLine().Match(line) is { Success: true } mig && gpu.Length > 0) Add(byGpu, gpu, mig);
        }

        return listing with
        {
            Gpus = [.. listing.Gpus.Select(known => byGpu.TryGetValue(known.Uuid, out var instances) ? known with { MigInstances = instances } : known)],
        };
    }

    private static void Add(SortedDictionary<string, ImmutableArray<MigInstance>> byGpu, string gpu, Match mig)
    {
        var instances = byGpu.GetValueOrDefault(gpu, []);
        if (instances.Length < Limits.MaxGpus) byGpu[gpu] = instances.Add(new MigInstance(mig.Groups["uuid"].Value, mig.Groups["profile"].Value));
    }

    private static Gpu? ParseLine(string line)
    {
        var fields = line.Split(',', StringSplitOptions.TrimEntries);
        if (fields.Length != FieldCount || fields.Any(field => field.Length > Limits.MaxFieldChars)) return null;
        if (!int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return null;
        if (!fields[1].StartsWith("GPU-", StringComparison.Ordinal) || !IsKnown(fields[2])) return null;
        return new Gpu(
            GpuVendor.Nvidia, index, fields[1], fields[2], Mebibytes(fields[3]), Known(fields[4]), Known(fields[5]), Known(fields[6]),
            string.Equals(fields[7], "Enabled", StringComparison.OrdinalIgnoreCase));
    }

    private static long Mebibytes(string field) =>
        long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var mib) ? mib : 0;

    private static string Known(string field) => IsKnown(field) ? field : "";

    private static bool IsKnown(string field) =>
        field.Length > 0 && field is not ("N/A" or "[N/A]" or "[Not Supported]" or "[Unknown Error]" or "[GPU is lost]");

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Shorten(string line) => line.Length <= Limits.MaxFieldChars ? line : line[..Limits.MaxFieldChars] + "…";

    [GeneratedRegex(@"^GPU \d+: .*\(UUID: (?<uuid>GPU-[0-9a-fA-F-]{1,64})\)$", RegexOptions.NonBacktracking)]
    private static partial Regex GpuLine();

    [GeneratedRegex(@"^MIG (?<profile>[0-9a-z.+]{1,32}) +Device +\d+: \(UUID: (?<uuid>MIG-[0-9a-zA-Z/-]{1,96})\)$", RegexOptions.NonBacktracking)]
    private static partial Regex MigLine();
}
