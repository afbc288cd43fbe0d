using Grid.Node.Execution;
using Grid.Node.Shim;

namespace Grid.Tests.Node.Shim;

public sealed class Restarts
{
    [Fact]
    public void A_completed_batch_is_over() =>
        Assert.Equal((false, ExitReason.Completed), Answer(RestartRule.After(WorkloadKind.Batch, 3, ExitReason.Completed, 0, 0, 10)));

    [Theory]
    [InlineData(ExitReason.Failed)]
    [InlineData(ExitReason.OutOfMemory)]
    public void A_failed_batch_is_over_after_its_retries(ExitReason reason)
    {
        Assert.True(RestartRule.After(WorkloadKind.Batch, 1, reason, 0, 0, 10).IsRestart);
        Assert.Equal((false, reason), Answer(RestartRule.After(WorkloadKind.Batch, 1, reason, 1, 1, 10)));
    }

    [Fact]
    public void A_service_that_keeps_ending_pauses_ever_longer_and_is_given_up()
    {
        var pauses = new List<int>();
        var rule = RestartRule.After(WorkloadKind.Service, 0, ExitReason.Completed, 0, 0, 10);
        while (rule.IsRestart)
        {
            pauses.Add(rule.PauseMs);
            rule = RestartRule.After(WorkloadKind.Service, 0, ExitReason.Completed, pauses.Count, rule.QuickEnds, 10);
        }

        Assert.Equal(pauses.Order(), pauses);
        Assert.InRange(pauses.Count, 5, 20);
        Assert.Equal(ExitReason.Failed, rule.Reason);
    }

    [Fact]
    public void A_service_that_ran_long_starts_again_soon() =>
        Assert.True(RestartRule.After(WorkloadKind.Service, 0, ExitReason.Failed, 500, 10, 3_600_000) is { IsRestart: true, PauseMs: <= 1000 });

    private static (bool, ExitReason) Answer(RestartRule rule) => (rule.IsRestart, rule.Reason);
}
