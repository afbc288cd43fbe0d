using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;
using Grid.Eras;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Eras;

/// <summary>An era that comes to nothing costs itself, and none of the eras after it.</summary>
public sealed class MissedEras
{
    /// <summary>Longer than any test waits.</summary>
    private const int LongWindow = 6;

    [Fact]
    public void An_era_that_nobody_saw_whole_holds_up_no_later_one()
    {
        using var world = new EraWorld(operators: 3, providers: 1, LongWindow);
        Begin(world, 7, 7, 7);
        world.RunEras(2);

        Assert.All(world.Operators, static each => Assert.Equal(EraStage.Missed, each.View(0).Stage));
        Assert.All(world.Operators, static each => Assert.Equal(EraStage.Final, each.View(1).Stage));
        Assert.All(world.Operators, static each => Assert.Null(each.View(0).Root));
    }

    [Fact]
    public void Operators_that_begin_in_different_eras_commit_the_first_one_that_all_saw()
    {
        using var world = new EraWorld(operators: 3, providers: 1, LongWindow);
        Begin(world, 7, 12, 14);
        world.RunEras(3);

        Assert.All(world.Operators, static each => Assert.Equal(EraStage.Final, each.View(2).Stage));
    }

    [Fact]
    public void Operators_that_all_come_back_from_an_outage_commit_the_next_era_in_time()
    {
        using var world = new EraWorld(operators: 3, providers: 1, LongWindow);
        world.RunEras(2);
        foreach (var each in world.Operators) each.IsAway = true;
        world.RunEras(2);
        for (var i = 0; i < 5; i++) world.RunSecond();
        foreach (var each in world.Operators) each.IsAway = false;
        world.RunEras(3);

        // Era 4 was seen from its middle on, era 5 whole, era 6 is half over.
        Assert.All(world.Operators, static each => Assert.Equal(5UL, each.Journal().LastCommitted));
        Assert.True(Assert.Single(world.Operators[0].Record(5).Rows).IsObserved);
    }

    [Fact]
    public void Without_a_quorum_each_era_is_given_up_by_itself_and_the_first_with_one_is_committed_in_time()
    {
        using var world = new EraWorld(operators: 3, providers: 1, LongWindow);
        world.RunEras(2);
        world.Operators[0].IsAway = true;
        world.RunEras(4);
        world.Operators[0].IsAway = false;
        world.RunEras(3);

        Assert.All(world.Operators, static each => Assert.Equal(7UL, each.Journal().LastCommitted));
    }

    [Fact]
    public void Who_has_signed_an_era_away_signs_no_root_of_it_though_books_come_later()
    {
        using var world = new EraWorld(operators: 3, providers: 1, LongWindow);
        world.RunEras(2);
        world.Operators[0].IsAway = true;
        world.RunEras(3);
        Assert.All(world.Operators.Skip(1), static each => Assert.True(each.View(2).IsForgone));

        world.Operators[0].IsAway = false;
        world.RunEras(4);
        Assert.All(world.Operators, static each => Assert.Empty(each.View(2).Equivocations));
        Assert.All(world.Operators, static each => Assert.NotEqual(EraStage.Final, each.View(2).Stage));
    }

    [Fact]
    public void Roots_and_refusals_that_leave_no_root_a_quorum_end_an_era_at_once()
    {
        var weights = Weights(4);
        Assert.True(EraVotes.IsHopeless(Votes(new EraState(), (1, Root(1)), (2, Root(2)), (3, Root(3))), weights));
        Assert.False(EraVotes.IsHopeless(Votes(new EraState(), (1, Root(1)), (2, Root(1))), weights));
        Assert.False(EraVotes.IsHopeless(Votes(new EraState(), (1, Root(1)), (2, Root(1)), (3, EraRoot.Nothing(5))), weights));
        Assert.True(EraVotes.IsHopeless(Votes(new EraState(), (1, Root(1)), (2, EraRoot.Nothing(5)), (3, EraRoot.Nothing(5))), weights));
        Assert.False(EraVotes.IsHopeless(new EraState(), OperatorWeights.Unknown));
    }

    [Fact]
    public void Refusals_are_no_quorum_for_a_root()
    {
        var state = Votes(new EraState(), [.. Enumerable.Range(1, 4).Select(static number => (number, EraRoot.Nothing(5)))]);

        Assert.Empty(EraVotes.Quorum(state, Weights(4)));
    }

    [Fact]
    public void Where_an_operator_signs_twice_its_era_is_not_hopeless_before_its_window_is_over()
    {
        var state = Votes(new EraState(), (1, Root(1)), (2, Root(2)), (3, Root(3)));
        var second = new Signed<EraRoot>(Root(2), default);

        Assert.False(EraVotes.IsHopeless(state with { Equivocations = [second] }, Weights(4)));
    }

    /// <summary>Nobody signs twice, each committed era goes on from the one before it, and when all are back the eras run in time again.</summary>
    [Fact]
    public void Whoever_is_away_or_cut_off_whenever_committed_eras_are_one_chain_and_go_on_when_all_are_back() =>
        Prop.ForAll(Spells(3).ListOf(5).ToArbitrary(), Spells(15).ListOf(6).ToArbitrary(), static (away, cut) =>
        {
            using var world = new EraWorld(operators: 4, providers: 1, LongWindow);
            var (operators, second) = (world.Operators.ToArray(), 0);
            world.Reaches = (from, to) => !cut.Any(spell =>
                spell.IsOn(second) && spell.Number == 4 * Array.IndexOf(operators, from) + Array.IndexOf(operators, to));
            for (; second < 80; second++)
            {
                foreach (var each in operators) each.IsAway = false;
                foreach (var spell in away.Where(spell => spell.IsOn(second))) operators[spell.Number].IsAway = true;
                world.RunSecond();
            }

            world.RunEras(4);
            AssertOneChain(world, lastEra: 11);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    /// <summary>The first proposer lacks a book; half of the operators follow it, the others, who don't see it, the second one.</summary>
    [Fact]
    public void Votes_for_one_root_that_mean_two_records_commit_neither_and_the_next_era_goes_on()
    {
        using var world = new EraWorld(operators: 4, providers: 1, LongWindow);
        world.RunEras(2);
        var (first, late, third) = (world.ProposerOf(2), world.ProposerOf(3), world.ProposerOf(4));
        world.RunSeconds(EraWorld.Slots - 1);
        late.IsAway = true;
        world.RunSeconds(5);
        world.Reaches = (from, to) => (from == first || from == third) == (to == first || to == third);
        world.RunSecond();
        late.IsAway = false;
        world.RunSeconds(5);
        world.Reaches = static (_, _) => true;
        world.RunSeconds(3);
        Assert.Single(world.Operators.Select(static each => each.View(2).Votes[0].Value).Distinct());
        Assert.All(world.Operators, static each => Assert.Equal(EraStage.Missed, each.View(2).Stage));

        world.RunEras(2);
        Assert.All(world.Operators, static each => Assert.Equal(EraStage.Final, each.View(3).Stage));
        Assert.Single(world.Operators.Select(static each => each.View(3).Record).Distinct());
    }

    private static Gen<Spell> Spells(int last) =>
        Gen.Choose(0, last).Zip(Gen.Choose(0, 49)).Zip(Gen.Choose(1, 30))
            .Select(static spell => new Spell(spell.Item1.Item1, spell.Item1.Item2, spell.Item2));

    private static void AssertOneChain(EraWorld world, ulong lastEra)
    {
        Assert.All(world.Operators, each => Assert.InRange(each.Journal().LastCommitted ?? 0, lastEra - 1, lastEra));
        var before = Hash256.Zero;
        for (var era = 0UL; era <= lastEra; era++)
        {
            var number = era;
            Assert.All(world.Operators, each => Assert.Empty(each.View(number).Equivocations));
            var knowers = world.Operators.Where(each => each.View(number).Stage is EraStage.Final).ToArray();
            if (knowers.Length == 0) continue;
            Assert.Single(knowers.Select(each => each.View(number).Root).Distinct());
            Assert.Equal(before, Assert.Single(knowers.Select(each => each.Record(number).Previous).Distinct()));
            before = Assert.Single(knowers.Select(each => each.View(number).Record).Distinct());
        }
    }

    /// <summary>Operator <em>i</em> is there from a second of its own on.</summary>
    private static void Begin(EraWorld world, params int[] seconds)
    {
        for (var second = 0; second < seconds.Max(); second++)
        {
            for (var i = 0; i < seconds.Length; i++) world.Operators[i].IsAway = second < seconds[i];
            world.RunSecond();
        }

        foreach (var each in world.Operators) each.IsAway = false;
    }

    private static OperatorWeights Weights(int count) =>
        new(Enumerable.Range(1, count).Select(static i => KeyValuePair.Create(AddressOf(i), 1UL)));

    private static Address AddressOf(int operatorNumber) => Some.Provider(operatorNumber).Value;

    private static EraRoot Root(int number) => new(5, Some.Digest("root", number), 1, default);

    private static EraState Votes(EraState state, params (int Operator, EraRoot Vote)[] votes) =>
        votes.Aggregate(state, static (known, vote) =>
        {
            var (signer, proposal) = (AddressOf(vote.Operator), new EraProposal(5, AddressOf(vote.Operator), vote.Vote.Root));
            known = EraVotes.TakeProposal(known, new Signed<EraProposal>(proposal, default), signer).State;
            return EraVotes.TakeVote(known, new Signed<EraRoot>(vote.Vote, default), signer).State;
        });

    /// <summary>Of an operator, or of a way from one to another.</summary>
    private sealed record Spell(int Number, int From, int Seconds)
    {
        public bool IsOn(int second) => second >= From && second < From + Seconds;
    }
}
