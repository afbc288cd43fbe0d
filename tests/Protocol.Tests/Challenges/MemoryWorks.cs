using Grid.Chain.Crypto;
using Grid.Protocol.Challenges;
using Grid.Tests.Protocol.Eras;

namespace Grid.Tests.Protocol.Challenges;

public sealed class MemoryWorks
{
    private static readonly Hash256 s_seed = Keccak256.Hash("seed"u8);

    [Fact]
    public void Work_that_was_done_is_taken()
    {
        Assert.True(MemoryWork.IsDone(s_seed, 1, MemoryWork.Do(s_seed, 1, CancellationToken.None)));
        Assert.True(MemoryWork.IsDone(s_seed, 4, MemoryWork.Do(s_seed, 4, CancellationToken.None)));
    }

    [Fact]
    public void Work_on_another_seed_or_of_another_size_is_not()
    {
        var proof = MemoryWork.Do(s_seed, 2, CancellationToken.None);

        Assert.False(MemoryWork.IsDone(Keccak256.Hash("another"u8), 2, proof));
        Assert.False(MemoryWork.IsDone(s_seed, 1, proof));
        Assert.False(MemoryWork.IsDone(s_seed, 4, proof));
    }

    [Fact]
    public void A_changed_byte_anywhere_is_found()
    {
        var proof = MemoryWork.Do(s_seed, 1, CancellationToken.None);
        for (var at = 0; at < proof.Openings.Length; at += 97)
        {
            var changed = proof.Openings.ToArray();
            changed[at] ^= 1;
            Assert.False(MemoryWork.IsDone(s_seed, 1, proof with { Openings = changed }), $"byte {at}");
        }

        Assert.False(MemoryWork.IsDone(s_seed, 1, proof with { Root = Keccak256.Hash("root"u8) }));
        Assert.False(MemoryWork.IsDone(s_seed, 1, proof with { Openings = proof.Openings[..^1] }));
        Assert.False(MemoryWork.IsDone(s_seed, 1, proof with { Openings = [] }));
    }

    [Fact]
    public void A_size_that_is_no_power_of_two_or_out_of_bounds_is_refused()
    {
        foreach (var mib in (int[])[0, -1, 3, Grid.Protocol.Challenges.Limits.MaxMemoryMib * 2]) Assert.Throws<ArgumentOutOfRangeException>(() => MemoryWork.BlocksOf(mib));
    }

    [Fact]
    public void A_plan_is_the_same_for_all_who_know_the_secret_and_another_for_each_provider_and_beacon()
    {
        var plan = new ChallengePlan(SomeEras.Schedule, 9, Keccak256.Hash("beacon"u8), Keccak256.Hash("secret"u8));
        var provider = SomeLeaves.Provider(1);

        Assert.Equal(plan.Of(provider).AsEnumerable(), (plan with { }).Of(provider));
        Assert.NotEqual(plan.Of(provider).AsEnumerable(), plan.Of(SomeLeaves.Provider(2)));
        Assert.NotEqual(plan.Of(provider).AsEnumerable(), (plan with { Beacon = Keccak256.Hash("x"u8) }).Of(provider));
        Assert.NotEqual(plan.Of(provider).AsEnumerable(), (plan with { Secret = Keccak256.Hash("x"u8) }).Of(provider));
    }

    [Fact]
    public void A_plan_stays_within_its_era_with_at_most_one_challenge_a_slot()
    {
        var plan = new ChallengePlan(SomeEras.Schedule, 9, Keccak256.Hash("beacon"u8), Keccak256.Hash("secret"u8));
        for (var provider = 1; provider < 200; provider++)
        {
            var planned = plan.Of(SomeLeaves.Provider(provider));
            Assert.InRange(planned.Length, 1, ChallengePlan.ChallengesPerEra);
            Assert.Equal(planned.Length, planned.Select(static each => each.Slot).Distinct().Count());
            Assert.All(planned, static each => Assert.InRange(each.At, SomeEras.Schedule.StartOf(9), SomeEras.Schedule.EndOf(9) - 1));
            Assert.All(planned, static each => Assert.Equal(each.Slot, SomeEras.Schedule.SlotAt(each.At)));
        }
    }
}
