using Grid.Protocol.Matching;

namespace Grid.Matching;

internal enum FilterKind : byte
{
    /// <summary>The filters of GPUs' models, memory and interface, which depend on each other.</summary>
    GpuKind,

    /// <summary>A column's number is not below what is needed.</summary>
    AtLeast,

    /// <summary>A listing has one of these traits.</summary>
    AnyTrait,

    /// <summary>What a listing shares with others passes.</summary>
    Shared,

    /// <summary>Asked of each listing that is still in.</summary>
    EachRow,
}

/// <summary>One hard filter that an order really asks of an index.</summary>
/// <param name="Code">The least code that passes, or the traits.</param>
/// <param name="Need">What the code stands for.</param>
/// <param name="IsExact">Whether the code alone decides; else a listing of just this code is asked for its number.</param>
/// <param name="Verdicts">Of a shared part: by its number.</param>
internal readonly record struct FilterStep(FilterKind Kind, HardFilter Filter, Column Column, ushort Code, long Need, bool IsExact, SharedVerdicts? Verdicts)
{
    public static FilterStep AtLeast(HardFilter filter, Column column, long need) =>
        new(FilterKind.AtLeast, filter, column, Narrow.Floor(need), need, Narrow.IsLeastOfItsCode(need), null);

    public static FilterStep AnyTrait(HardFilter filter, int traits) => new(FilterKind.AnyTrait, filter, Column.Traits, (ushort)traits, 0, true, null);

    public static FilterStep Shared(HardFilter filter, SharedVerdicts verdicts) => new(FilterKind.Shared, filter, default, 0, 0, true, verdicts);

    public static FilterStep EachRow(HardFilter filter) => new(FilterKind.EachRow, filter, default, 0, 0, true, null);

    public static FilterStep GpuKind { get; } = new(FilterKind.GpuKind, HardFilter.GpuModel, default, 0, 0, true, null);
}
