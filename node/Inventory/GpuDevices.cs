using System.Collections.Immutable;
using System.Globalization;

namespace Grid.Node.Inventory;

/// <summary>The device files through which a workload reaches a card, and no other card.</summary>
public static class GpuDevices
{
    private static readonly string[] NvidiaShared = ["/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools"];

    /// <param name="readText">Reads a file of <c>/proc</c>; empty where it is missing.</param>
    public static ImmutableArray<string> Of(Gpu gpu, Func<string, string> readText) => gpu.Vendor switch
    {
        GpuVendor.Nvidia => [$"/dev/nvidia{NvidiaMinor(gpu, readText).ToString(CultureInfo.InvariantCulture)}", .. NvidiaShared],
        // Render nodes are numbered from 128 in the order of the cards.
        _ => ["/dev/kfd", $"/dev/dri/renderD{(128 + gpu.Index).ToString(CultureInfo.InvariantCulture)}"],
    };

    /// <summary>The driver says it by bus address; indices and minors may differ.</summary>
    private static int NvidiaMinor(Gpu gpu, Func<string, string> readText)
    {
        // The tool writes the domain in eight digits, the driver in four.
        var address = gpu.PciBusId.ToLowerInvariant();
        if (address.Length == "00000000:01:00.0".Length) address = address[4..];
        foreach (var line in readText($"/proc/driver/nvidia/gpus/{address}/information").Split('\n'))
        {
            var parts = line.Split(':', 2, StringSplitOptions.TrimEntries);
            if (parts is ["Device Minor", var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minor)) return minor;
        }

        return gpu.Index;
    }
}
