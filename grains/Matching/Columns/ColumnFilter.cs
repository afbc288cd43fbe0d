using System.Numerics;
using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>Which of a chunk's listings pass an order's hard filters, and how many each filter was the first to exclude.</summary>
internal sealed class ColumnFilter(SharedParts parts)
{
    private readonly FilterPlan _plan = new();
    private readonly ulong[] _alive = new ulong[Chunk.MostRows / Chunk.WordRows];
    private readonly int[] _excluded = new int[HardFilters.Count];
    private MatchQuery? _query;
    private GpuVerdict _kind;
    private long _minStake;
    private int _stakeFactor;

    public int[] Excluded => _excluded;

    public FilterPlan Plan => _plan;

    /// <param name="medianStake">That the stake column measures against.</param>
    public void Start(MatchQuery query, Money medianStake)
    {
        _query = query;
        _minStake = query.Requirement.MinStake.MicroUnits;
        _stakeFactor = StakeFactor.Of(query.Requirement.MinStake, medianStake);
        Array.Clear(_excluded);
        _plan.Start(query, parts);
    }

    /// <returns>False where the chunk's kind of GPU excludes all of it, which is then counted.</returns>
    public bool Enter(Chunk chunk)
    {
        if (!_plan.NeedsGpu || chunk.Kind == Chunk.MixedKinds) return true;
        _kind = GpuVerdict.Of(parts.Kinds[chunk.Kind], _query!);
        HardFilter? all = _kind.IsRefusedPretence ? HardFilter.PretendedGpu
            : !_kind.IsWanted && _plan.BeginsWithGpuKind ? HardFilter.GpuModel
            : null;
        if (all is not { } filter) return true;
        Count(filter, chunk.Count);
        return false;
    }

    /// <summary>Filter by filter, so that each column is read in one go.</summary>
    /// <returns>Of each word the listings that pass all.</returns>
    public ReadOnlySpan<ulong> Passing(Chunk chunk)
    {
        var alive = _alive.AsSpan(0, chunk.WordCount);
        for (var word = 0; word < alive.Length; word++) alive[word] = chunk.Present(word);
        if (_plan.NeedsGpu && chunk.Kind == Chunk.MixedKinds) RefusePretences(chunk, alive);
        foreach (ref readonly var step in _plan.Steps)
        {
            var excluded = step.Kind switch
            {
                FilterKind.AtLeast => AtLeast(in step, chunk, alive),
                FilterKind.AnyTrait => AnyTrait(in step, chunk, alive),
                FilterKind.GpuKind => OfKind(chunk, alive),
                _ => RowByRow(in step, chunk, alive),
            };
            Count(step.Filter, excluded);
        }

        return alive;
    }

    /// <summary>The last filter, after the price. The factor tells most of it: more stake is no less of a factor, but for the last bit.</summary>
    public ulong Staked(Chunk chunk, int word, ulong alive)
    {
        if (_minStake <= 0) return alive;
        var surely = Lanes.AtLeast(ref chunk.Word(Column.Stake, word), (ushort)(_stakeFactor + 2));
        for (var open = alive & ~surely; open != 0;)
        {
            var bit = Lanes.TakeLowest(ref open);
            if (chunk[word * Chunk.WordRows + bit].StakeMicroUnits < _minStake) alive = Less(alive, 1UL << bit, HardFilter.Stake);
        }

        return alive;
    }

    public void Count(HardFilter filter, int excluded) => _excluded[(int)filter] += excluded;

    public ulong Less(ulong alive, ulong failing, HardFilter filter)
    {
        if (failing != 0) Count(filter, BitOperations.PopCount(failing));
        return alive & ~failing;
    }

    private static int AtLeast(in FilterStep step, Chunk chunk, Span<ulong> alive)
    {
        var excluded = 0;
        for (var word = 0; word < alive.Length; word++)
        {
            var failing = alive[word] & ~Lanes.AtLeast(ref chunk.Word(step.Column, word), step.Code);
            if (!step.IsExact) failing |= TooLittle(in step, chunk, word, alive[word]);
            excluded += BitOperations.PopCount(failing);
            alive[word] &= ~failing;
        }

        return excluded;
    }

    /// <summary>Of the listings whose code leaves it open.</summary>
    private static ulong TooLittle(in FilterStep step, Chunk chunk, int word, ulong alive)
    {
        var failing = 0UL;
        for (var open = Lanes.Equal(ref chunk.Word(step.Column, word), step.Code) & alive; open != 0;)
        {
            var bit = Lanes.TakeLowest(ref open);
            if (NumberOf(chunk, word * Chunk.WordRows + bit, step.Column) < step.Need) failing |= 1UL << bit;
        }

        return failing;
    }

    private static int AnyTrait(in FilterStep step, Chunk chunk, Span<ulong> alive)
    {
        var excluded = 0;
        for (var word = 0; word < alive.Length; word++)
        {
            var failing = alive[word] & ~Lanes.HasAny(ref chunk.Word(Column.Traits, word), step.Code);
            excluded += BitOperations.PopCount(failing);
            alive[word] &= ~failing;
        }

        return excluded;
    }

    private int RowByRow(in FilterStep step, Chunk chunk, Span<ulong> alive)
    {
        var excluded = 0;
        for (var word = 0; word < alive.Length; word++)
        {
            for (var open = alive[word]; open != 0;)
            {
                var bit = Lanes.TakeLowest(ref open);
                ref readonly var row = ref chunk[word * Chunk.WordRows + bit];
                if (step.Verdicts is { } verdicts ? verdicts.DoesPass(in row) : !_plan.Excludes(step.Filter, in row)) continue;
                alive[word] &= ~(1UL << bit);
                excluded++;
            }
        }

        return excluded;
    }

    /// <returns>Nothing: what is excluded is counted here, by filters of its own.</returns>
    private int OfKind(Chunk chunk, Span<ulong> alive)
    {
        if (chunk.Kind != Chunk.MixedKinds && _kind.IsWanted && _kind.PassesFromMib <= 0) return 0;
        var asksEach = chunk.Kind == Chunk.MixedKinds;
        var byColumn = !asksEach && _kind.PassesFromMib != GpuVerdict.Never;
        for (var word = 0; word < alive.Length; word++)
        {
            var surely = byColumn ? Lanes.AtLeast(ref chunk.Word(Column.Vram, word), Above(_kind.PassesFromMib)) : 0;
            for (var open = alive[word] & ~surely; open != 0;)
            {
                var bit = Lanes.TakeLowest(ref open);
                var row = word * Chunk.WordRows + bit;
                var verdict = asksEach ? GpuVerdict.Of(parts.Kinds[chunk.KindOf(row)], _query!) : _kind;
                if (verdict.Excludes(chunk[row].VramMib) is not { } filter) continue;
                alive[word] &= ~(1UL << bit);
                Count(filter, 1);
            }
        }

        return 0;
    }

    private void RefusePretences(Chunk chunk, Span<ulong> alive)
    {
        if (_query!.AcceptsPretendedGpus) return;
        for (var word = 0; word < alive.Length; word++)
        {
            for (var open = alive[word]; open != 0;)
            {
                var bit = Lanes.TakeLowest(ref open);
                if (!parts.Kinds[chunk.KindOf(word * Chunk.WordRows + bit)].IsPretended) continue;
                alive[word] &= ~(1UL << bit);
                Count(HardFilter.PretendedGpu, 1);
            }
        }
    }

    /// <summary>The least code of which every number is enough.</summary>
    private static ushort Above(long need) => (ushort)(Narrow.IsLeastOfItsCode(need) ? Narrow.Floor(need) : Narrow.Floor(need) + 1);

    private static long NumberOf(Chunk chunk, int at, Column column)
    {
        ref readonly var row = ref chunk[at];
        return column switch
        {
            Column.Cpu => row.CpuMillis,
            Column.Memory => row.MemoryMib,
            Column.Storage => row.StorageMib.Total,
            Column.GpuMillis => row.GpuMillis,
            Column.StorageDefault => row.StorageDefaultMib,
            Column.StorageHdd => row.StorageHddMib,
            Column.StorageSsd => row.StorageSsdMib,
            Column.StorageNvme => row.StorageNvmeMib,
            Column.Ports => row.Ports,
            Column.RunAhead => row.MaxRunAheadSeconds,
            _ => Narrow.Least(chunk.Cell(column, at)),
        };
    }
}
