using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.Tests.Client.Matches;

public sealed class Evidence
{
    private static readonly OrderId Order = new(Hash256.Parse("0x" + new string('5', 64)));

    [Fact]
    public void Bytes_that_are_no_record_are_refused()
    {
        var refused = Assert.Throws<GridException>(() => MatchEvidence.Read(Order, [1, 2, 3], verify: true));

        Assert.Equal(GridErrorKind.BadAnswer, refused.Kind);
    }

    [Fact]
    public void The_record_of_another_order_is_refused()
    {
        var refused = Assert.Throws<GridException>(() => MatchEvidence.Read(new OrderId(Hash256.Zero), MatchRecordCodec.Encode(Empty()), verify: false));

        Assert.Contains(Order.ToString(), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_does_not_hold_says_what_differs()
    {
        // Its chain element does not belong to its anchor.
        var evidence = MatchEvidence.Read(Order, MatchRecordCodec.Encode(Empty()), verify: true);

        Assert.NotEmpty(evidence.Explanation.Differences!);
        Assert.Equal(7, evidence.Explanation.Providers);
    }

    private static MatchRecord Empty() => new(
        new MatchSeed(Hash256.Zero, Order, Hash256.Parse("0x" + new string('6', 64)), 1, Hash256.Zero),
        Hash256.Zero, new IndexPosition(1, Hash256.Zero), 0, new RatePerHour(1), Money.Zero, MatchWeights.Default, 9, 7, [], [], [], []);
}
