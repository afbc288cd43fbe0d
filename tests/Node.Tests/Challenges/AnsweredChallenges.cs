using Grid.Chain.Crypto;
using Grid.Node.Challenges;
using Grid.Protocol.Challenges;
using Grid.Protocol.Link.Messages;
using Grid.Tests.Node.Leases;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grid.Tests.Node.Challenges;

public sealed class AnsweredChallenges
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_node_does_the_work_and_says_for_which_slot()
    {
        using var work = new ChallengeWork(Sample.Terms(), NullLogger<ChallengeWork>.Instance);
        await work.StartAsync(CancellationToken.None);
        var seed = Keccak256.Hash("challenge"u8);
        var answers = new TaskCompletionSource<ControlMessage>();

        work.Take(new ChallengeSet(3, 7, seed, 1, 1_000), answers.SetResult);

        var answered = Assert.IsType<ChallengeAnswered>(await answers.Task.WaitAsync(s_patience));
        Assert.Equal((3UL, 7), (answered.Era, answered.Slot));
        Assert.True(MemoryWork.IsDone(seed, 1, answered.Proof));
        await work.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData(1_600, 64)]
    [InlineData(800, 32)]
    [InlineData(16, 1)]
    [InlineData(15, 0)]
    [InlineData(1_000_000, 64)]
    public void A_challenge_takes_a_small_part_of_the_sold_memory(long soldMib, int largestMib)
    {
        var terms = Sample.Terms();
        using var work = new ChallengeWork(terms with { Capacity = terms.Capacity with { MemoryMib = soldMib } }, NullLogger<ChallengeWork>.Instance);

        Assert.Equal(largestMib, work.MaxMemoryMib);
    }

    [Fact]
    public async Task A_challenge_that_is_too_large_is_not_taken_and_the_next_one_is()
    {
        var terms = Sample.Terms();
        using var work = new ChallengeWork(terms with { Capacity = terms.Capacity with { MemoryMib = 16 } }, NullLogger<ChallengeWork>.Instance);
        await work.StartAsync(CancellationToken.None);
        var answers = new TaskCompletionSource<ControlMessage>();

        foreach (var mib in (int[])[2, -1, 0, int.MaxValue, 3]) work.Take(new ChallengeSet(1, 1, default, mib, 1_000), answers.SetResult);
        work.Take(new ChallengeSet(1, 2, default, 1, 1_000), answers.SetResult);

        Assert.Equal(2, Assert.IsType<ChallengeAnswered>(await answers.Task.WaitAsync(s_patience)).Slot);
    }
}
