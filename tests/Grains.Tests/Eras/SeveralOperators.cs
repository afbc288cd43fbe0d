using Grid.Eras;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Eras;

public sealed class SeveralOperators
{
    [Fact]
    public void Operators_commit_one_root_of_what_they_all_saw_and_reputations_hear_of_it()
    {
        using var world = new EraWorld(operators: 3, providers: 2);
        foreach (var each in world.Operators) each.Hears = static provider => provider == 1;

        world.RunEras(3);

        var views = world.Operators.Select(static each => each.View(1)).ToArray();
        Assert.All(views, static view => Assert.Equal(EraStage.Final, view.Stage));
        Assert.Single(views.Select(static view => view.Root).Distinct());
        var row = Assert.Single(world.Operators[0].Record(1).Rows);
        Assert.Equal((Some.Provider(1), EraLeaf.FullPpm, 6), (row.Leaf.Provider, row.Leaf.UptimePpm, (int)row.Leaf.Tier));
        // Each operator has leases of multiplier 1, and the machine offers 2.
        Assert.Equal(2_000UL * EraWorld.Slots, row.Leaf.Units);
        Assert.All(world.Operators, static each => Assert.Equal((20, 20, 2), (each.Standing(1).ChallengesPassed, each.Standing(1).ChallengesMade, each.Standing(1).ErasServed)));
    }

    [Fact]
    public void A_lying_minority_changes_no_leaf()
    {
        using var world = new EraWorld(operators: 4, providers: 3);
        world.Operators[2].Hears = static _ => false;

        world.RunEras(3);

        var honest = world.Operators[0].Record(1);
        Assert.Equal(3, honest.Rows.Length);
        Assert.All(honest.Rows, static row => Assert.Equal(EraLeaf.FullPpm, row.Leaf.UptimePpm));
        Assert.Equal(EraStage.Final, world.Operators[0].View(1).Stage);
    }

    [Fact]
    public void An_operator_that_was_cut_off_itself_lowers_nobodys_uptime()
    {
        using var world = new EraWorld(operators: 4, providers: 2);
        (world.Operators[1].Hears, world.Operators[1].IsUp) = (static _ => false, false);

        world.RunEras(3);

        Assert.All(world.Operators[0].Record(1).Rows, static row => Assert.Equal(EraLeaf.FullPpm, row.Leaf.UptimePpm));
    }

    [Fact]
    public void Without_a_quorum_an_era_is_missed_and_the_next_one_goes_on()
    {
        using var world = new EraWorld(operators: 3, providers: 1);
        world.RunEras(2);
        world.Operators[0].IsAway = true;
        world.RunEras(4);
        world.Operators[0].IsAway = false;
        world.RunEras(5);

        Assert.Contains(world.Operators, static each => each.View(2).Stage is EraStage.Missed);
        var last = world.Operators.Select(static each => each.Journal().LastCommitted).Distinct();
        Assert.True(Assert.Single(last) >= 5);
        Assert.Single(world.Operators.Select(static each => each.Journal().LastRecord).Distinct());
    }

    [Fact]
    public void The_next_operator_proposes_where_the_first_is_away()
    {
        using var world = new EraWorld(operators: 4, providers: 1);
        world.RunEras(2);
        world.ProposerOf(2).IsAway = true;

        world.RunEras(3);

        var present = world.Operators.First(static each => !each.IsAway);
        Assert.Equal(EraStage.Final, present.View(2).Stage);
        Assert.DoesNotContain(world.ProposerOf(2).Identity.Operator, present.View(2).Proposals.Select(static proposal => proposal.Value.Operator));
    }

    [Fact]
    public void An_operator_that_was_away_takes_over_what_the_others_committed()
    {
        using var world = new EraWorld(operators: 4, providers: 2);
        world.RunEras(2);
        world.Operators[3].IsAway = true;
        world.RunEras(6);
        world.Operators[3].IsAway = false;
        world.RunEras(4);

        Assert.Single(world.Operators.Select(static each => each.Journal().LastRecord).Distinct());
        var last = world.Operators[0].Journal().LastCommitted!.Value;
        Assert.Contains(world.Operators[3].Identity.Operator, world.Operators[0].View(last).Votes.Select(static vote => vote.Recover(GridDomain.Local)!.Value));
    }

    [Fact]
    public void A_crash_at_any_second_of_an_era_costs_nobody_a_second_vote()
    {
        for (var second = 0; second < EraWorld.Slots; second++)
        {
            using var world = new EraWorld(operators: 4, providers: 1);
            world.RunEras(2);
            for (var i = 0; i <= second; i++) world.RunSecond();
            foreach (var each in world.Operators) each.ColdStart();
            world.RunEras(3);

            Assert.All(world.Operators, static each => Assert.Equal(EraStage.Final, each.View(1).Stage));
            Assert.All(world.Operators, static each => Assert.Empty(each.View(1).Equivocations));
            Assert.Single(world.Operators.Select(static each => each.View(2).Root).Distinct());
        }
    }

    [Fact]
    public void A_second_vote_is_kept_as_evidence_and_counts_for_nothing()
    {
        using var world = new EraWorld(operators: 3, providers: 1);
        world.RunEras(1);
        var (judge, cheat) = (world.Operators[0], world.Operators[1]);
        var one = cheat.Sign(new EraRoot(5, Some.Digest("one", 1), 1, default));
        var other = cheat.Sign(new EraRoot(5, Some.Digest("other", 1), 1, default));

        Assert.Null(judge.Ask(grains => grains.GetGrain<IEraGrain>("5").TakeVote(one)));
        Assert.Contains("evidence", judge.Ask(grains => grains.GetGrain<IEraGrain>("5").TakeVote(other)), StringComparison.Ordinal);
        Assert.NotNull(judge.Ask(grains => grains.GetGrain<IEraGrain>("5").TakeVote(other)));

        Assert.Equal([one], judge.View(5).Votes);
        Assert.Equal([other], judge.View(5).Equivocations);
    }

    [Fact]
    public void What_strangers_sign_and_what_is_of_another_era_is_refused()
    {
        using var world = new EraWorld(operators: 3, providers: 1);
        using var elsewhere = new EraOperator(77, world.Parameters, () => new OperatorWeights([]));
        var vote = new EraRoot(5, Some.Digest("root", 1), 1, default);

        Assert.Contains("operator set", world.Operators[0].Ask(grains => grains.GetGrain<IEraGrain>("5").TakeVote(elsewhere.Sign(vote))), StringComparison.Ordinal);
        Assert.Contains("expected 6", world.Operators[0].Ask(grains => grains.GetGrain<IEraGrain>("6").TakeVote(world.Operators[1].Sign(vote))), StringComparison.Ordinal);
    }

    [Fact]
    public void Rewards_grow_from_era_to_era_and_a_missed_one_loses_none_of_them()
    {
        using var world = new EraWorld(operators: 1, providers: 1);

        world.RunEras(4);

        var earned = Enumerable.Range(0, 3).Select(era => world.Operators[0].Record((ulong)era).Rows[0].Leaf.Rewards.MicroUnits).ToArray();
        Assert.True(earned[0] > 0);
        Assert.Equal([earned[0], 2 * earned[0], 3 * earned[0]], earned);
    }
}
