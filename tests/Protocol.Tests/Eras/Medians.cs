using FsCheck;
using FsCheck.Fluent;
using Grid.Protocol.Eras;

namespace Grid.Tests.Protocol.Eras;

/// <summary>Rows 19 and 22 of the faults: a leaf is what a quorum saw.</summary>
public sealed class Medians
{
    [Fact]
    public void The_median_lies_within_what_honest_operators_saw_whatever_a_minority_says() => Prop.ForAll(
        (from honest in Gen.Choose(0, 64).ArrayOf(5)
         from lies in Gen.Choose(0, 64).ArrayOf(2)
         select (honest, lies)).ToArbitrary(),
        sample =>
        {
            // Weights 5 × 10 of the honest against 2 × 12: less than 1/3 lies.
            var weights = SomeEras.Weights(10, 10, 10, 10, 10, 12, 12);
            var books = sample.honest.Concat(sample.lies).Select((slots, i) => SomeEras.Book(i, SomeEras.Heard(100, slots))).ToArray();
            var uptime = SomeEras.Only(EraLeaves.Next([], books, weights, SomeEras.Rules)).Leaf.UptimePpm;
            return uptime >= SomeEras.Ppm(sample.honest.Min()) && uptime <= SomeEras.Ppm(sample.honest.Max());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_lying_minority_changes_nothing_where_the_honest_saw_the_same() => Prop.ForAll(
        Gen.Choose(0, 64).ToArbitrary(),
        Gen.Choose(0, 64).ToArbitrary(),
        (truth, lie) =>
        {
            var weights = SomeEras.Weights(35, 35, 30);
            ObservationBook[] honest = [SomeEras.Book(0, SomeEras.Heard(100, truth)), SomeEras.Book(1, SomeEras.Heard(100, truth))];
            var with = EraLeaves.Next([], [.. honest, SomeEras.Book(2, SomeEras.Heard(100, lie), SomeEras.Heard(666, 64))], weights, SomeEras.Rules);
            var without = EraLeaves.Next([], honest, weights, SomeEras.Rules);
            return with.SequenceEqual(without);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Half_of_the_weight_says_the_median_or_less_and_half_says_it_or_more() => Prop.ForAll(
        Gen.Zip(Gen.Choose(0, 9), Gen.Choose(1, 100)).NonEmptyListOf().ToArbitrary(),
        entries =>
        {
            var votes = entries.Select(static entry => ((uint)entry.Item1, (ulong)entry.Item2)).ToArray();
            var total = votes.Sum(static vote => (long)vote.Item2);
            var median = WeightedMedian.Of(votes);
            return votes.Where(vote => vote.Item1 <= median).Sum(static vote => (long)vote.Item2) * 2 >= total
                && votes.Where(vote => vote.Item1 >= median).Sum(static vote => (long)vote.Item2) * 2 >= total;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_the_books_changes_nothing()
    {
        var weights = SomeEras.Weights(4, 3, 3);
        ObservationBook[] books = [SomeEras.Book(0, SomeEras.Heard(100, 60)), SomeEras.Book(1, SomeEras.Heard(100, 50)), SomeEras.Book(2, SomeEras.Heard(100, 64))];

        Assert.Equal(EraLeaves.Next([], books, weights, SomeEras.Rules), EraLeaves.Next([], [.. books.Reverse()], weights, SomeEras.Rules));
    }

    [Fact]
    public void Without_a_quorum_that_can_say_something_a_provider_keeps_its_standing_and_earns_nothing()
    {
        var weights = SomeEras.Weights(1, 1, 1);
        var known = new EraRow(new EraLeaf(SomeLeaves.Provider(100), 990_000, 4, 9, Grid.Protocol.Money.FromTokens(3)), new TrustStanding(4, 7, 0, 0), true, 0);
        ObservationBook[] books = [SomeEras.Book(0, SomeEras.Heard(100, 0, units: 50)), SomeEras.Book(1, SomeEras.Heard(100, 0)) with { Up = 0 }, SomeEras.Book(2)];

        var row = SomeEras.Only(EraLeaves.Next([known], books, weights, SomeEras.Rules));

        Assert.False(row.IsObserved);
        Assert.Equal(known.Standing, row.Standing);
        Assert.Equal(known.Leaf with { Units = 0 }, row.Leaf);
    }

    [Fact]
    public void A_provider_that_nobody_hears_for_a_month_has_no_leaf_any_more()
    {
        var weights = SomeEras.Weights(1);
        var rows = EraLeaves.Next([], [SomeEras.Book(0, SomeEras.Heard(100, 64))], weights, SomeEras.Rules);
        for (var era = 1; era < EraRules.ForgottenAfterEras; era++) rows = EraLeaves.Next(rows, [SomeEras.Book(0, SomeEras.Heard(100, 0))], weights, SomeEras.Rules);
        Assert.Single(rows);

        Assert.Empty(EraLeaves.Next(rows, [SomeEras.Book(0, SomeEras.Heard(100, 0))], weights, SomeEras.Rules));
    }
}
