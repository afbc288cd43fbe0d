namespace Grid.Protocol.Catalogue;

/// <summary>A GPU's name taken apart, however it is written: <c>NVIDIA A100-SXM4-80GB</c>, <c>a100-80g</c>, <c>RTX 4090</c>.</summary>
/// <param name="Chip">Lower case without separators: <c>a100</c>, <c>rtx4090</c>, <c>rtx6000ada</c>.</param>
/// <param name="MemoryGb">What the name says; 0 when it says nothing.</param>
/// <param name="IsSxm">Null when the name does not tell the interface.</param>
public readonly record struct GpuName(string Chip, int MemoryGb, bool? IsSxm)
{
    private const int LongestName = 128;

    private static readonly char[] Separators = [' ', '-', '_', '(', ')', '/', '.', '\t'];

    private static readonly string[] Fillers =
        ["nvidia", "corporation", "geforce", "tesla", "quadro", "amd", "radeon", "instinct", "generation", "gpu", "graphics", "edition", "hbm2", "hbm2e", "hbm3", "hbm3e", "nvl"];

    public static GpuName Parse(string name)
    {
        var (chip, memoryGb, isSxm) = ("", 0, (bool?)null);
        foreach (var word in name[..Math.Min(name.Length, LongestName)].ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Fillers.Contains(word)) continue;
            if (word == "pcie") isSxm = false;
            else if (word is "sxm" or "sxm2" or "sxm3" or "sxm4" or "sxm5") isSxm = true;
            else if (TryMemory(word, out var stated)) memoryGb = stated;
            else chip += word;
        }
        return new GpuName(chip, memoryGb, isSxm);
    }

    /// <summary>Whether a device of this name can be what <paramref name="requested"/> names: what either leaves open does not exclude.</summary>
    public bool Fits(GpuName requested) =>
        Chip == requested.Chip
        && (MemoryGb == 0 || requested.MemoryGb == 0 || MemoryGb == requested.MemoryGb)
        && (IsSxm is null || requested.IsSxm is null || IsSxm == requested.IsSxm);

    /// <returns>One spelling for comparing models that no catalogue knows, as <c>mi300x</c>.</returns>
    public override string ToString() => Chip + (IsSxm switch { true => "-sxm", false => "-pcie", null => "" }) + (MemoryGb == 0 ? "" : $"-{MemoryGb}g");

    private static bool TryMemory(string word, out int gigabytes)
    {
        gigabytes = 0;
        var digits = word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits is > 0 and <= 4 && word[digits..] is "g" or "gb" or "gib" && int.TryParse(word.AsSpan(0, digits), out gigabytes);
    }
}
