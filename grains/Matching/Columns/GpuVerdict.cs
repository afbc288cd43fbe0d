using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>What an order's alternatives say of a kind of GPU, so that only its memory is left to ask.</summary>
/// <param name="PassesFromMib">VRAM from which one alternative fits; <see cref="Never"/> where none does.</param>
/// <param name="MeetsInterfaceFromMib">VRAM from which an alternative fails at its interface only.</param>
internal readonly record struct GpuVerdict(bool IsRefusedPretence, bool IsWanted, long PassesFromMib, long MeetsInterfaceFromMib)
{
    public const long Never = long.MaxValue;

    public static GpuVerdict Of(GpuKind kind, MatchQuery query)
    {
        var isRefused = kind.IsPretended && !query.AcceptsPretendedGpus;
        if (kind.Model.Length == 0) return new GpuVerdict(isRefused, false, Never, Never);
        var wanted = query.Requirement.Gpus;
        if (wanted.IsEmpty) return new GpuVerdict(isRefused, true, 0, Never);
        var (isWanted, passesFrom, interfaceFrom) = (false, Never, Never);
        foreach (var gpu in wanted)
        {
            if (gpu.Vendor.Length > 0 && gpu.Vendor != kind.Vendor || gpu.Model.Length > 0 && gpu.Model != kind.Model) continue;
            isWanted = true;
            var isSuited = gpu.Interface is null || gpu.Interface == (kind.Interface ?? 0);
            if (isSuited) passesFrom = Math.Min(passesFrom, gpu.MinVramMib);
            else interfaceFrom = Math.Min(interfaceFrom, gpu.MinVramMib);
        }

        return new GpuVerdict(isRefused, isWanted, passesFrom, interfaceFrom);
    }

    /// <returns>The filter that excludes a GPU of so much memory; null when none does.</returns>
    public HardFilter? Excludes(long vramMib)
    {
        if (!IsWanted) return HardFilter.GpuModel;
        if (PassesFromMib != Never && vramMib >= PassesFromMib) return null;
        return MeetsInterfaceFromMib != Never && vramMib >= MeetsInterfaceFromMib ? HardFilter.GpuInterface : HardFilter.GpuVram;
    }
}
