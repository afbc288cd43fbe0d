using FsCheck.Fluent;
using Grid.Matching;

namespace Grid.Tests.Grains.Elements;

public sealed class ElementChains
{
    [Fact]
    public void Each_element_is_one_orders_and_is_used_void_or_open()
    {
        var step =
            from act in Gen.Choose(0, 5)
            from pick in Gen.Choose(0, 1_000)
            select (Act: act, Pick: pick);

        Properties.ForAllSequences(step, 100, steps =>
        {
            var (state, used, orders) = (new MatchmakerState(), new HashSet<int>(), 0);
            foreach (var (act, pick) in steps)
            {
                if (act > 2) state = ElementChain.Bound(state, Some.Order(orders++));
                else if (act == 0) state = ElementChain.Recover(state);
                else if (!state.Open.IsEmpty)
                {
                    var element = state.Open.Keys.ElementAt(pick % state.Open.Count);
                    used.Add(element);
                    state = ElementChain.Used(state, element);
                }

                var all = used.Concat(state.Voids).Concat(state.Open.Keys).Order();
                Assert.Equal(Enumerable.Range(1, orders), all);
                Assert.Equal(orders + 1, state.NextElement);
            }
        });
    }

    [Fact]
    public void What_was_open_at_a_crash_is_published_as_void()
    {
        var bound = ElementChain.Bound(ElementChain.Bound(new MatchmakerState(), Some.Order(1)), Some.Order(2));

        var recovered = ElementChain.Recover(ElementChain.Used(bound, 1));

        Assert.Equal([2], recovered.Voids);
        Assert.Empty(recovered.Open);
        Assert.Same(recovered, ElementChain.Recover(recovered));
    }

    [Fact]
    public void The_latest_thousand_voids_are_kept()
    {
        var state = new MatchmakerState();
        for (var order = 0; order < 1_100; order++) state = ElementChain.Recover(ElementChain.Bound(state, Some.Order(order)));

        Assert.Equal(Enumerable.Range(77, 1_024), state.Voids);
    }
}
