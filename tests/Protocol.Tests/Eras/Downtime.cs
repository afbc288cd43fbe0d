using FsCheck;
using FsCheck.Fluent;
using Grid.Protocol.Eras;

namespace Grid.Tests.Protocol.Eras;

public sealed class Downtime
{
    private const int Slots = 64;

    [Fact]
    public void A_slot_is_down_where_a_quorum_that_was_up_heard_nothing()
    {
        var weights = SomeEras.Weights(1, 1, 1, 1);
        ObservationBook[] books = [.. Enumerable.Range(0, 3).Select(i => SomeEras.Book(i, SomeEras.Heard(100, 40 + i)))];

        Assert.Equal([(42, 63)], DownIntervals.Of(SomeLeaves.Provider(100), books, weights, Slots));
    }

    [Fact]
    public void An_operators_own_outage_brings_nobody_down() => Prop.ForAll(Gen.Choose(0, 63).ToArbitrary(), Gen.Choose(0, 2).ToArbitrary(), (from, away) =>
    {
        // All are silent to all, and one of three vouches for nothing from then on.
        var weights = SomeEras.Weights(1, 1, 1);
        var books = Enumerable.Range(0, 3).Select(i => SomeEras.Book(i, SomeEras.Heard(100, 0))).ToArray();
        books[away] = books[away] with { Up = (1UL << from) - 1 };
        return DownIntervals.DarkMask(SomeLeaves.Provider(100), books, weights, Slots) == (1UL << from) - 1;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_lying_minority_brings_nobody_down()
    {
        var weights = SomeEras.Weights(35, 35, 30);
        ObservationBook[] books = [SomeEras.Book(0, SomeEras.Heard(100, 64)), SomeEras.Book(1, SomeEras.Heard(100, 64)), SomeEras.Book(2, SomeEras.Heard(100, 0))];

        Assert.Empty(DownIntervals.Of(SomeLeaves.Provider(100), books, weights, Slots));
    }

    [Fact]
    public void Exactly_two_thirds_are_no_quorum()
    {
        var weights = SomeEras.Weights(1, 1, 1);
        ObservationBook[] books = [SomeEras.Book(0, SomeEras.Heard(100, 0)), SomeEras.Book(1, SomeEras.Heard(100, 0))];

        Assert.Empty(DownIntervals.Of(SomeLeaves.Provider(100), books, weights, Slots));
    }

    [Fact]
    public void An_operator_that_loses_over_a_third_of_its_sessions_at_once_is_out_until_they_are_back()
    {
        var outage = Samples(OwnOutage.None, 10, 10, 10, 6);
        Assert.True(outage.IsOn);
        Assert.True(Samples(outage, 6, 6, 6, 6, 6).IsOn);
        Assert.False(Samples(outage, 6, 6, 7).IsOn);
    }

    [Fact]
    public void An_operator_that_loses_a_few_sessions_is_not_out() => Assert.False(Samples(OwnOutage.None, 10, 9, 8, 7, 7).IsOn);

    [Fact]
    public void Nodes_that_never_come_back_end_the_outage_after_an_era()
    {
        var outage = Samples(OwnOutage.None, 10, 1);
        for (var tick = 0; tick < 99; tick++) outage = outage.After(1, true, 3, 100);
        Assert.True(outage.IsOn);

        Assert.False(outage.After(1, true, 3, 100).IsOn);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_node_of_few_that_is_lost_is_the_nodes_affair_while_a_quorum_of_operators_is_in_touch(int nodes)
    {
        Assert.False(Samples(OwnOutage.None, nodes, nodes, nodes - 1).IsOn);
        Assert.True(Samples(OwnOutage.None, nodes, nodes).After(nodes - 1, false, 3, 100).IsOn);
    }

    [Fact]
    public void An_operator_that_is_in_touch_again_is_out_no_longer_for_one_node() =>
        Assert.False(Samples(OwnOutage.None, 2, 2).After(1, false, 3, 100).After(1, true, 3, 100).IsOn);

    [Fact]
    public void An_operator_that_loses_all_its_sessions_at_once_vouches_for_no_silence() =>
        Prop.ForAll(Gen.Choose(2, 200).ToArbitrary(), ArbMap.Default.ArbFor<bool>(), static (sessions, isInTouch) =>
            OwnOutage.None.After(sessions, true, 3, 100).After(0, isInTouch, 3, 100).IsOn).QuickCheckThrowOnFailure();

    private static OwnOutage Samples(OwnOutage outage, params int[] sessions) =>
        sessions.Aggregate(outage, static (state, count) => state.After(count, true, 3, 100));
}
