using System.Net.NetworkInformation;
using System.Text;
using Grid.Node.Execution;

namespace Grid.Tests.Node.Execution;

public sealed class Services
{
    private const string Server =
        "exec perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(Listen => 5, LocalAddr => \"127.0.0.1:'$PORT'\", ReuseAddr => 1) or die $!; print STDERR \"listening\\n\"; " +
        "while (my $c = $s->accept) { my $line = <$c>; print $c \"'$NAME' heard $line\"; close $c }'";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_port_is_answered_through_the_relay_and_nowhere_else()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var lease = node.Lease(Listening("web", 80));
        await node.StartAsync(lease);
        await node.LineAsync(NodeUnderTest.KeyOf(lease), "listening");

        Assert.Equal("web heard hello\n", await AskAsync(node, NodeUnderTest.KeyOf(lease), 80));
        Assert.Equal("web heard hello\n", await AskAsync(node, NodeUnderTest.KeyOf(lease), 80));
        Assert.DoesNotContain(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), listener => listener.Port == 80);
        await Assert.ThrowsAsync<WorkloadRefusedException>(() => node.Engine.OpenRelayAsync(NodeUnderTest.KeyOf(lease), 22, Cancel));
    }

    [Fact]
    public async Task Services_of_one_lease_reach_each_other_by_name_and_those_of_another_do_not()
    {
        await using var node = await NodeUnderTest.StartAsync();
        const string Ask = "perl -MIO::Socket::INET -e 'my $c = IO::Socket::INET->new(\"api:8080\") or exit 9; print $c \"hello\\n\"; print <$c>'";
        var lease = node.Lease(Listening("api", 8080), NodeUnderTest.Batch($"until {Ask}; do sleep 0.05; done", "asker"));
        await node.StartAsync(lease);
        var asker = await node.ExitOfAsync(NodeUnderTest.KeyOf(lease, 1));
        Assert.Equal(0, asker.ExitCode);
        Assert.Contains("api heard hello", node.Log(asker.Key));

        var stranger = await node.RunAsync(node.Lease(NodeUnderTest.Batch(Ask.Replace("api:", "127.0.0.1:", StringComparison.Ordinal), "stranger")));
        Assert.Equal(9, stranger.ExitCode);
    }

    [Fact]
    public async Task A_service_that_ends_is_started_again_in_the_same_network()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var lease = node.Lease(NodeUnderTest.Service("readlink /proc/self/ns/net; [ -e /work/second ] && sleep 600; touch /work/second; exit 4"));
        await node.StartAsync(lease);
        var status = await node.StatusAsync(NodeUnderTest.KeyOf(lease), status => status is { State: WorkloadState.Running, Restarts: 1 });

        Assert.Equal(4, status.ExitCode);
        await node.LineAsync(status.Key, "net:");
        var log = node.Log(status.Key);
        Assert.Contains(log, line => line.Contains("exit code 4", StringComparison.Ordinal));
        Assert.Single(log.Where(line => line.StartsWith("net:", StringComparison.Ordinal)).Distinct());
    }

    private static ServiceWorkload Listening(string name, int port) => NodeUnderTest.Service(
        Server.Replace("'$PORT'", $"{port}", StringComparison.Ordinal).Replace("'$NAME'", name, StringComparison.Ordinal), name) with
    { Ports = [port] };

    private static async Task<string> AskAsync(NodeUnderTest node, WorkloadKey key, int port)
    {
        await using var stream = await node.Engine.OpenRelayAsync(key, port, Cancel);
        await stream.WriteAsync(Encoding.UTF8.GetBytes("hello\n"), Cancel);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancel);
    }
}
