using Grid.Matching;
using Grid.Orders;

namespace Grid.Tests.Grains.Orders;

public sealed class WhyNobodyFits
{
    [Fact]
    public void The_filter_that_excludes_most_comes_first() => Assert.Equal(
        "no provider fits: price excludes 7, cpu excludes 2, region excludes 2.",
        Unmatched.Reason([new FilterExclusion("region", 2), new FilterExclusion("memory", 0), new FilterExclusion("price", 7), new FilterExclusion("cpu", 2)]));

    [Fact]
    public void Where_there_is_nobody_it_says_so() => Assert.Equal("no provider is connected.", Unmatched.Reason([]));
}
