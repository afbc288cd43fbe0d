using System.Text.Json.Serialization;

namespace Grid.Protocol.Catalogue;

/// <summary>A reward tier of GPUs, as <c>Medium 2</c>.</summary>
/// <param name="Step">1 to 3 within the class.</param>
public readonly record struct GpuTier(GpuClass Class, int Step) : IComparable<GpuTier>
{
    public int CompareTo(GpuTier other) => Class != other.Class ? Class.CompareTo(other.Class) : Step.CompareTo(other.Step);

    public override string ToString() => $"{(Class == GpuClass.UltraHigh ? "Ultra High" : Class.ToString())} {Step}";

    public static bool operator <(GpuTier left, GpuTier right) => left.CompareTo(right) < 0;

    public static bool operator >(GpuTier left, GpuTier right) => left.CompareTo(right) > 0;

    public static bool operator <=(GpuTier left, GpuTier right) => left.CompareTo(right) <= 0;

    public static bool operator >=(GpuTier left, GpuTier right) => left.CompareTo(right) >= 0;

    /// <summary>The first step of the class that a list price falls in: for models outside the catalogue.</summary>
    public static GpuTier ForListPrice(long listPriceUsd) => new(
        listPriceUsd switch
        {
            < 1_000 => GpuClass.Entry,
            < 2_000 => GpuClass.Low,
            < 7_500 => GpuClass.Medium,
            < 15_000 => GpuClass.High,
            _ => GpuClass.UltraHigh,
        },
        1);

    internal static GpuTier Parse(string text)
    {
        var space = text.LastIndexOf(' ');
        return new(Enum.Parse<GpuClass>(text[..space].Replace(" ", "", StringComparison.Ordinal)), (int)Decimals.Scaled(text[(space + 1)..], 0));
    }
}

[JsonConverter(typeof(JsonStringEnumConverter<GpuClass>))]
public enum GpuClass
{
    Entry = 1,
    Low,
    Medium,
    High,
    UltraHigh,
}
