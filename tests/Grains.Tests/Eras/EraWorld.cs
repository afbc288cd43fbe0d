using Grid.Protocol.Eras;

namespace Grid.Tests.Grains.Eras;

/// <summary>Several operators, each with its own grains and store, that read what the others publish once a second. Eras of ten seconds, slots of one.</summary>
internal sealed class EraWorld : IDisposable
{
    public const int Slots = 10;

    private readonly int _providers;
    private long _second = Some.Now.ToUnixTimeSeconds();

    public EraWorld(int operators, int providers, int commitWindowEras = 2)
    {
        _providers = providers;
        Parameters = new()
        {
            Tick = TimeSpan.FromSeconds(1),
            Era = TimeSpan.FromSeconds(Slots),
            Genesis = Some.Now,
            EraCommitWindowEras = commitWindowEras,
        };
        Operators = [.. Enumerable.Range(1, operators).Select(number => new EraOperator(number, Parameters, Weights)).OrderBy(static each => each.Identity.Operator)];
        foreach (var each in Operators)
        {
            for (var provider = 1; provider <= providers; provider++) each.Enrol(provider);
        }
    }

    public GridParameters Parameters { get; }

    public IReadOnlyList<EraOperator> Operators { get; }

    /// <summary>Whether one can read what the other has published.</summary>
    public Func<EraOperator, EraOperator, bool> Reaches { get; set; } = static (_, _) => true;

    /// <summary>Who may propose the era first.</summary>
    public EraOperator ProposerOf(ulong era) => Operators.Single(each => each.Identity.Operator == Weights().Proposer(era, 0));

    public void RunEras(int count) => RunSeconds(count * Slots);

    public void RunSeconds(int count)
    {
        for (var second = 0; second < count; second++) RunSecond();
    }

    public void RunSecond()
    {
        foreach (var each in Operators)
        {
            each.RunFor(TimeSpan.FromSeconds(1));
            if (!each.IsAway) each.EndSlot(_second, _providers);
        }

        _second++;
        foreach (var each in Operators.Where(static each => !each.IsAway)) each.Examine();
        foreach (var each in Operators.Where(static each => !each.IsAway)) each.Pulse();
        foreach (var each in Operators.Where(static each => !each.IsAway))
        {
            foreach (var other in Operators.Where(other => other != each && !other.IsAway && Reaches(each, other))) each.TakeFrom(other);
        }
    }

    public void Dispose()
    {
        foreach (var each in Operators) each.Dispose();
    }

    private OperatorWeights Weights() => new(Operators.Select(static each => KeyValuePair.Create(each.Identity.Operator, 1UL)));
}
