using System.Globalization;
using Grid.Chain.Crypto;
using Grid.Eras;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;
using Grid.Slashing;
using Orleans.Runtime;

namespace Grid.Simulation;

/// <summary>Once an era: what the operators' grains hold of the eras and of cases, against what honest operators really heard.</summary>
internal sealed class EraChecks(World first)
{
    private readonly SortedDictionary<ulong, EraRoot> _roots = [];
    private ulong? _checked;

    public int Committed => _roots.Count;

    /// <summary>Faults that a quorum signed.</summary>
    public int Signed { get; private set; }

    private EraSchedule Schedule => first.Options.Parameters.Eras.Schedule;

    private IEnumerable<World> Honest => first.All.Where(static world => !world.Eras!.IsLiar);

    public void Run()
    {
        var current = Schedule.EraAt(first.Virtual.Time.GetUtcNow().ToUnixTimeSeconds());
        if (current is not { } now || current == _checked) return;
        _checked ??= now;
        for (var era = _checked.Value - Math.Min(_checked.Value, Limits.ErasChecked); era < now; era++) CheckEra(era);
        _checked = now;
        CheckCases();
    }

    private void CheckEra(ulong era)
    {
        foreach (var world in Honest)
        {
            if (StateOf(world, era) is not { Stage: EraStage.Committed or EraStage.Final, Committed: { } root } state) continue;
            var entity = $"era {era}";
            if (!_roots.TryAdd(era, root)) first.Verdicts.Check(_roots[era] == root, "INV-ERA-01", entity, $"{_roots[era]}", $"{root}");
            var equivocal = state.Equivocations.Length;
            first.Verdicts.Check(equivocal == 0, "INV-ERA-01", entity, "one vote an operator", $"{equivocal} second votes");
            if (world.Eras!.Files.Find(state.Record) is not { } bytes) continue;
            if (EraRecordCodec.TryDecode(bytes, out var record, out _)) CheckLeaves(era, state, record);
        }
    }

    /// <summary>A leaf lies within what honest operators say that they saw, and nobody has one whom they never saw.</summary>
    private void CheckLeaves(ulong era, EraState state, EraRecord record)
    {
        ObservationBook[] honest =
        [
            .. Honest.Select(world => state.Books.GetValueOrDefault(world.Operator.Identity.Operator))
                .OfType<Signed<ObservationsPublished>>()
                .Select(book => Book(book.Value.ContentHash)).OfType<ObservationBook>(),
        ];
        foreach (var row in record.Rows.Where(static row => row.IsObserved))
        {
            var entity = $"{row.Leaf.Provider} in era {era}";
            var exists = row.Leaf.Provider != first.Eras!.Invented;
            first.Verdicts.Check(exists, "INV-ERA-02", entity, "no leaf of what one operator invented", "a leaf");
            var seen = honest.Select(book => book.Find(row.Leaf.Provider)?.UptimePpm(book.Up, Schedule.Slots)).OfType<uint>().ToArray();
            if (seen.Length == 0) continue;
            var isBetween = row.Leaf.UptimePpm >= seen.Min() && row.Leaf.UptimePpm <= seen.Max();
            first.Verdicts.Check(isBetween, "INV-ERA-02", entity, $"{seen.Min()} to {seen.Max()} ppm", $"{row.Leaf.UptimePpm}");
        }
    }

    /// <summary>Nobody is signed to be down in a slot in which so many honest operators heard it that the others are no quorum.</summary>
    private void CheckCases()
    {
        var (signed, operators) = (0, first.All.Count);
        foreach (var (world, provider) in first.All.SelectMany(static world => world.Nodes.Select(node => (world, node.Id))))
        {
            var state = world.Virtual.Storage.Peek<SlashingState>("slashing", GrainId.Create("slashing", provider.ToString()));
            foreach (var fault in (state?.Cases ?? []).Where(IsSigned).Select(static one => one.Claim!.Fault))
            {
                signed++;
                var era = Schedule.EraAt(fault.FromUnixSeconds)!.Value;
                for (var slot = Schedule.SlotAt(fault.FromUnixSeconds); slot <= Schedule.SlotAt(fault.ToUnixSeconds - 1); slot++)
                {
                    var heard = Honest.Count(one => one.Eras!.Heard.Contains((era, slot, provider)));
                    var mayBeDown = (operators - heard) * 3 > operators * 2;
                    first.Verdicts.Check(
                        mayBeDown, "INV-SLASH-04", $"{provider}", "nobody is signed to be down while it was heard",
                        $"heard by {heard} in slot {slot} of era {era}");
                }
            }
        }

        Signed = signed;
    }

    private static bool IsSigned(SlashCase one) =>
        one is { Claim: not null, State: CaseState.Submitted or CaseState.Proposed or CaseState.Executed };

    private ObservationBook? Book(Hash256 hash)
    {
        var bytes = first.All.Select(world => world.Eras!.Files.Find(hash)).FirstOrDefault(static found => found is not null);
        return bytes is not null && ObservationBookCodec.TryDecode(bytes, out var book, out _) ? book : null;
    }

    private static EraState? StateOf(World world, ulong era) =>
        world.Virtual.Storage.Peek<EraState>("era", GrainId.Create("era", era.ToString(CultureInfo.InvariantCulture)));
}
