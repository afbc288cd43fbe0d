using Grid.Protocol.Link.Messages;
using Grid.Tests.Node.Leases;

namespace Grid.Tests.Node.Link;

/// <summary>One node on real links to several operators.</summary>
[Collection(WholeNode.OneAtATime)]
public sealed class SeveralOperators
{
    private static readonly long s_expiry = TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();

    [Fact]
    public async Task What_one_operator_got_is_shown_to_the_others_and_refused_to_them_with_the_reason()
    {
        await using var first = await FakeOperator.StartAsync(Sample.OperatorA);
        await using var second = await FakeOperator.StartAsync(Sample.OperatorB);
        await using var node = await WholeNode.StartAsync(first, second);
        Assert.Equal(BoundElsewhere.Nothing, (await first.HelloAsync()).Elsewhere);
        await second.HelloAsync();
        var most = Sample.BindingsOf(Sample.Manifest()) with { CpuMillis = 1600 };

        await first.SayAsync(Sample.Proposal(Sample.OperatorA, 1, bindings: most, expiry: s_expiry));
        Assert.NotNull((await first.HearAsync<ProposalAnswer>()).Accepted);
        await second.HearAsync<Heartbeat>(static beat => beat.Elsewhere?.Amounts.CpuMillis == 1600);

        await second.SayAsync(Sample.Proposal(Sample.OperatorB, 2, bindings: most, expiry: s_expiry));
        Assert.StartsWith("bound already: cpu, 3200 of 2000", (await second.HearAsync<ProposalAnswer>()).Refusal!.Message, StringComparison.Ordinal);
        await second.DieAsync();
        await second.ComeBackAsync();
        Assert.Equal(1600, (await second.HelloAsync()).Elsewhere!.Amounts.CpuMillis);
    }
}
