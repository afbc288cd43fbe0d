using Grid.Protocol;
using Grid.Reputation;

namespace Grid.Tests.Grains.Reputation;

public sealed class StakeSlashRules
{
    [Fact]
    public void A_slash_counts_once_and_for_ninety_days()
    {
        var state = StakeSlashes.Record(new ReputationState(), Slash(1, 100, 1_000, days: 0)).State;
        Assert.False(StakeSlashes.Record(state, Slash(1, 900, 1_000, days: 3)).HasChanged);

        Assert.Equal(100_000, Reputations.Standing(state, Some.Now.AddDays(89)).SlashedPpm);
        Assert.Equal(0, Reputations.Standing(state, Some.Now.AddDays(90)).SlashedPpm);
    }

    [Fact]
    public void The_share_is_rounded_up_and_all_together_are_no_more_than_everything()
    {
        var state = StakeSlashes.Record(new ReputationState(), Slash(1, 1, 3_000_000, days: 0)).State;
        Assert.Equal(1, StakeSlashes.PpmAt(state, Some.Now));

        for (var i = 2; i < 5; i++) state = StakeSlashes.Record(state, Slash(i, 1, 2, days: 1)).State;
        Assert.Equal(1_000_000, StakeSlashes.PpmAt(state, Some.Now.AddDays(1)));
    }

    [Fact]
    public void However_many_there_are_none_is_forgiven_before_its_time()
    {
        var state = new ReputationState();
        for (var i = 0; i < 1000; i++) state = StakeSlashes.Record(state, Slash(i, 1, 10_000, days: 0)).State;

        Assert.Equal(100_000, StakeSlashes.PpmAt(state, Some.Now.AddDays(89)));
        Assert.InRange(state.Slashes.Length, 1, 256);
    }

    [Fact]
    public void Without_stake_nothing_was_slashed() => Assert.False(StakeSlashes.Record(new ReputationState(), Slash(1, 0, 0, days: 0)).HasChanged);

    private static SlashRecord Slash(int number, long amount, long staked, int days) =>
        new(Some.Digest("case", number), new Money(amount), new Money(staked), Some.Now.AddDays(days));
}
