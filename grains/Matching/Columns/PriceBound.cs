using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Grid.Protocol;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>
/// What a placement costs at a listing, in parts of <see cref="Factor.One"/> of the order's ceiling, 16 listings at a time and never more than it really costs.
/// A price's 12 bits times a 19-bit coefficient fit a lane; what is lost is less than one part for each kind of resource and one in a thousand of the whole.
/// </summary>
internal sealed class PriceBound
{
    private const int CoefficientBits = 19;
    private const int MostShift = 63;
    private const int MostKinds = 7;
    private const int MillisPerUnit = 1000;
    private const int MibPerGib = 1024;

    /// <summary>A cost above this is above any ceiling, and seven of them still fit a lane.</summary>
    private const uint MostCost = 1 << 16;

    private readonly Column[] _columns = new Column[MostKinds];
    private readonly Vector512<uint>[] _coefficients = new Vector512<uint>[MostKinds];
    private readonly Vector512<uint>[] _shifts = new Vector512<uint>[MostKinds];

    /// <summary>A listing of at most this cost is surely not above the ceiling; negative where no cost says so.</summary>
    public int SurelyWithin { get; private set; }

    /// <summary>A listing above this cost is surely above the ceiling.</summary>
    public int MayBeWithin { get; private set; }

    /// <summary>By how much the price factor may be better than <see cref="Factor.One"/> less the cost, since every kind of resource is rounded down.</summary>
    public int Slack => MayBeWithin - Factor.One;

    /// <summary>Kinds of resource that the order asks for.</summary>
    public int Kinds { get; private set; }

    public Column ColumnOf(int kind) => _columns[kind];

    public void Start(in ResourceAmounts amounts, RatePerHour ceiling)
    {
        Kinds = 0;
        (SurelyWithin, MayBeWithin) = (-1, 2 * Factor.One);
        if (ceiling.MicroUnits <= 0) return;
        Add(Column.PricePerCore, amounts.CpuMillis, MillisPerUnit, ceiling);
        Add(Column.PricePerGib, amounts.MemoryMib, MibPerGib, ceiling);
        Add(Column.PricePerGpu, amounts.GpuMillis, MillisPerUnit, ceiling);
        Add(Column.PriceDefault, amounts.StorageMib.Default, MibPerGib, ceiling);
        Add(Column.PriceHdd, amounts.StorageMib.Hdd, MibPerGib, ceiling);
        Add(Column.PriceSsd, amounts.StorageMib.Ssd, MibPerGib, ceiling);
        Add(Column.PriceNvme, amounts.StorageMib.Nvme, MibPerGib, ceiling);
        var lost = ((long)Kinds * Factor.One + ceiling.MicroUnits - 1) / ceiling.MicroUnits;
        MayBeWithin = Factor.One + (int)Math.Min(lost, Factor.One);
        SurelyWithin = (Factor.One - 1) * 1024 / 1025 - Kinds - 1;
    }

    /// <summary>Adds one kind's part to what the word's listings cost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int kind, Chunk chunk, int word, ref WordOfInts costs)
    {
        ref var cells = ref chunk.Word(_columns[kind], word);
        var (coefficient, shift) = (_coefficients[kind], _shifts[kind]);
        costs.First += Cost(Lanes.Sixteen(ref cells, 0), coefficient, shift);
        costs.Second += Cost(Lanes.Sixteen(ref cells, 16), coefficient, shift);
        costs.Third += Cost(Lanes.Sixteen(ref cells, 32), coefficient, shift);
        costs.Fourth += Cost(Lanes.Sixteen(ref cells, 48), coefficient, shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Cost(Vector512<uint> code, Vector512<uint> coefficient, Vector512<uint> shift)
    {
        var exponent = code >>> Narrow.FractionBits;
        var isScaled = Vector512.Min(exponent, Vector512<uint>.One);
        var fraction = code & Vector512.Create((1u << Narrow.FractionBits) - 1) | isScaled << Narrow.FractionBits;
        var scale = exponent - isScaled;
        // Where the price's scale is the larger, the cost is beyond any ceiling without it.
        var rest = shift - Vector512.Min(shift, scale);
        return Vector512.Min(Lanes.ShiftRight(fraction * coefficient, rest), Vector512.Create(MostCost)).AsInt32();
    }

    /// <summary>amount × One / (unit × ceiling) as coefficient / 2^shift, rounded down.</summary>
    private void Add(Column column, long amount, int unit, RatePerHour ceiling)
    {
        if (amount == 0) return;
        var numerator = (UInt128)amount * Factor.One;
        var denominator = (UInt128)unit * (ulong)ceiling.MicroUnits;
        var shift = 0;
        while (shift < MostShift && numerator << shift < denominator << CoefficientBits - 1) shift++;
        var coefficient = UInt128.Min((numerator << shift) / denominator, (1 << CoefficientBits) - 1);
        (_columns[Kinds], _coefficients[Kinds], _shifts[Kinds]) = (column, Vector512.Create((uint)coefficient), Vector512.Create((uint)shift));
        Kinds++;
    }
}
