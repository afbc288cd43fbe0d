using System.Text;
using Grid.Node.Execution;

namespace Grid.Tests.Node.Execution;

public sealed class Batches
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_reads_its_input_and_leaves_its_output()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var lease = node.Lease(NodeUnderTest.Batch("tr a-z A-Z < /data/words.txt > /out/loud.txt; echo done; echo oops >&2") with
        {
            Inputs = [new NamedPath("words", "/data/words.txt")],
            Outputs = [new NamedPath("loud", "/out/loud.txt"), new NamedPath("never", "/out/never.txt")],
        });
        var key = NodeUnderTest.KeyOf(lease);
        await using (var input = node.Engine.CreateInput(key, "words")) await input.WriteAsync(Encoding.UTF8.GetBytes("grid\n"), Cancel);

        var status = await node.RunAsync(lease);

        Assert.Equal((ExitReason.Completed, 0), (status.Reason, status.ExitCode));
        Assert.Equal(["done", "oops"], node.Log(key).Order());
        using var output = new StreamReader(node.Engine.OpenOutput(key, "loud"));
        Assert.Equal("GRID\n", await output.ReadToEndAsync(Cancel));
        Assert.Throws<FileNotFoundException>(() => node.Engine.OpenOutput(key, "never"));

        await node.Engine.RemoveAsync(lease.Lease, Cancel);
        Assert.Empty(await node.Engine.ListAsync(Cancel));
        Assert.Empty(Directory.GetDirectories(Path.Combine(node.DataDirectory, "leases")));
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("no-such-program", 127)]
    public async Task A_failure_keeps_its_exit_code(string script, int code)
    {
        await using var node = await NodeUnderTest.StartAsync();
        var status = await node.RunAsync(node.Lease(NodeUnderTest.Batch(script)));
        Assert.Equal((ExitReason.Failed, code), (status.Reason, status.ExitCode));
    }

    [Fact]
    public async Task A_failed_batch_is_retried_as_often_as_it_says()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var status = await node.RunAsync(node.Lease(NodeUnderTest.Batch("echo x >> /work/tries; [ $(wc -l < /work/tries) -ge 2 ]") with { Retries = 3 }));
        Assert.Equal((ExitReason.Completed, 0, 1), (status.Reason, status.ExitCode, status.Restarts));
    }

    [Fact]
    public async Task The_same_start_again_has_no_second_effect()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var lease = node.Lease(NodeUnderTest.Batch("echo once"));
        await node.RunAsync(lease);

        await node.StartAsync(lease);
        await node.ReopenAsync();
        var again = await node.Engine.StartAsync(lease, Cancel);

        Assert.True(Assert.Single(again).HasExited);
        Assert.Equal(["once"], node.Log(NodeUnderTest.KeyOf(lease)));
    }

    [Fact]
    public async Task A_higher_attempt_runs_again_and_a_lower_one_is_refused()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var lease = node.Lease(NodeUnderTest.Batch("echo ran"));
        await node.RunAsync(lease);

        await node.StartAsync(lease with { Attempt = 2 });
        await node.StatusAsync(NodeUnderTest.KeyOf(lease), status => status is { HasExited: true, Attempt: 2 });

        Assert.Equal(["ran", "ran"], node.Log(NodeUnderTest.KeyOf(lease)));
        await Assert.ThrowsAsync<WorkloadRefusedException>(() => node.StartAsync(lease));
    }

    [Fact]
    public async Task Stopping_asks_first_and_kills_when_the_grace_is_over()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var polite = node.Lease(NodeUnderTest.Batch("trap 'echo bye; exit 3' TERM; echo up; while :; do sleep 0.05; done"));
        var deaf = node.Lease(NodeUnderTest.Batch("trap '' TERM; echo up; while :; do sleep 0.05; done") with { StopGraceMs = 300 });
        foreach (var lease in new[] { polite, deaf })
        {
            await node.StartAsync(lease);
            await node.LineAsync(NodeUnderTest.KeyOf(lease), "up");
            await node.Engine.StopAsync(lease.Lease, null, Cancel);
        }

        var politeEnd = await node.ExitOfAsync(NodeUnderTest.KeyOf(polite));
        var deafEnd = await node.ExitOfAsync(NodeUnderTest.KeyOf(deaf));
        Assert.Equal((ExitReason.Stopped, 3), (politeEnd.Reason, politeEnd.ExitCode));
        Assert.Equal((ExitReason.Stopped, 137), (deafEnd.Reason, deafEnd.ExitCode));
        Assert.True(deafEnd.RunMs >= 300, $"{deafEnd.RunMs} ms");
    }

}
