using System.Globalization;
using Grid.Node.Execution;

namespace Grid.Tests.Node.Execution;

public sealed class IsolatedWorkloads
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_a_workload_is_root_outside()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var marker = $"7{Random.Shared.Next(100_000_000, 999_999_999)}";
        var lease = node.Lease(NodeUnderTest.Batch($"id -u; sleep {marker}"));
        await node.StartAsync(lease);
        Assert.Equal("1000", await node.LineAsync(NodeUnderTest.KeyOf(lease), ""));

        var deepest = (await ProcessesOutside.AppearAsync($"sleep\0{marker}")).Max();

        foreach (var pid in ProcessesOutside.WithCommand(marker))
        {
            var uids = ProcessesOutside.Status(pid, "Uid").Split('\t');
            Assert.All(uids, uid => Assert.NotEqual("0", uid));
            Assert.Equal("1", ProcessesOutside.Status(pid, "NoNewPrivs"));
        }

        Assert.Equal("2", ProcessesOutside.Status(deepest, "Seccomp"));
    }

    [Fact]
    public async Task Two_leases_never_share_an_uid()
    {
        await using var node = await NodeUnderTest.StartAsync();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give each lease an uid of its own");
        var leases = new[] { node.Lease(NodeUnderTest.Batch("echo up; sleep 600")), node.Lease(NodeUnderTest.Batch("echo up; sleep 600")) };
        var uids = new List<string>();
        foreach (var lease in leases)
        {
            await node.StartAsync(lease);
            await node.LineAsync(NodeUnderTest.KeyOf(lease), "up");
            uids.Add(ProcessesOutside.Status((await node.StatusAsync(NodeUnderTest.KeyOf(lease), status => status.ProcessId > 0)).ProcessId, "Uid"));
        }

        Assert.Equal(2, uids.Distinct().Count());
    }

    [Theory]
    [InlineData("a network other than its own loopback", "[ $(tail -n +3 /proc/net/dev | wc -l) = 1 ] && [ -z \"$(tail -n +2 /proc/net/route)\" ]")]
    [InlineData("a user namespace", "! unshare --user true")]
    [InlineData("a mount", "! unshare --user --mount true && ! mount -t tmpfs none /tmp")]
    [InlineData("a vsock socket", "! perl -e 'socket(my $s, 40, 1, 0) or exit 1'")]
    [InlineData("a raw packet socket", "! perl -e 'socket(my $s, 17, 3, 0) or exit 1'")]
    [InlineData("the kernel's log", "! dmesg")]
    [InlineData("accounts of this machine", "[ ! -e /etc/shadow ] && [ ! -e /home ] && [ ! -e /root ] && [ $(wc -l < /etc/passwd) = 3 ]")]
    [InlineData("other processes", "[ $(ls -d /proc/[0-9]* | wc -l) -lt 12 ]")]
    [InlineData("a place to write outside of its own", "! touch /x && ! touch /usr/x && ! touch /dev/x && ! touch /etc/x && touch /work/x /tmp/x /dev/shm/x")]
    [InlineData("an open descriptor of its supervisor", "for f in /proc/self/fd/*; do case $(readlink $f) in /dev/null|pipe:*|/proc/*|\"\") ;; *) echo $f $(readlink $f); exit 1;; esac; done")]
    [InlineData("a capability", "grep -q 'CapBnd:.0000000000000000' /proc/self/status && grep -q 'CapEff:.0000000000000000' /proc/self/status")]
    [InlineData("a variable that nobody gave it", "[ -z \"$(env | cut -d= -f1 | grep -v -x -e PATH -e HOME -e USER -e LANG -e TMPDIR -e PWD -e _ -e OLDPWD -e SHLVL)\" ]")]
    public async Task A_workload_does_not_get(string what, string check)
    {
        await using var node = await NodeUnderTest.StartAsync();
        var lease = node.Lease(NodeUnderTest.Batch(check));
        var status = await node.RunAsync(lease);
        Assert.True(status.ExitCode == 0, $"It got {what}: {string.Join('\n', node.Log(NodeUnderTest.KeyOf(lease)))}");
    }

    [Fact]
    public async Task A_secret_is_in_no_command_line_and_in_no_file_of_the_node()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var canary = "canary-" + Guid.NewGuid().ToString("N");
        var lease = node.Lease(NodeUnderTest.Batch("[ ${#TOKEN} = 39 ] && echo has it; exec sleep 600") with { Environment = [new EnvironmentVariable("TOKEN", canary)] });
        await node.StartAsync(lease);
        await node.LineAsync(NodeUnderTest.KeyOf(lease), "has it");

        Assert.Empty(ProcessesOutside.WithCommand(canary));
        foreach (var file in Directory.EnumerateFiles(node.DataDirectory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            if (Path.GetExtension(file) is not (".sock" or ".lock")) Assert.DoesNotContain(canary, await File.ReadAllTextAsync(file, Cancel), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(canary, lease.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(canary, lease.Services[0].Environment[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fork_bomb_stays_within_its_processes()
    {
        await using var node = await NodeUnderTest.StartAsync(IsolationLevel.Full);
        var bomb = NodeUnderTest.Batch("perl -e 'my $n = 0; while (1) { my $p = fork; if (!defined $p) { print \"stopped at $n\\n\"; last } if ($p == 0) { sleep 600; exit } $n++ }'; exit 0");
        var status = await node.RunAsync(node.Lease(bomb with { Resources = new WorkloadResources(1000, 256, Pids: 40) }));

        Assert.Equal(0, status.ExitCode);
        var line = Assert.Single(node.Log(status.Key), line => line.StartsWith("stopped at", StringComparison.Ordinal));
        Assert.InRange(int.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture), 1, 40);
    }

    [Fact]
    public async Task Too_much_memory_ends_a_workload_and_is_reported_as_that()
    {
        await using var node = await NodeUnderTest.StartAsync(IsolationLevel.Full);
        var hungry = NodeUnderTest.Batch("exec perl -e 'my @all; push @all, \"x\" x 1048576 for 1 .. 400; print \"got it\\n\"'");
        var status = await node.RunAsync(node.Lease(hungry with { Resources = new WorkloadResources(1000, 64) }));

        Assert.Equal((ExitReason.OutOfMemory, 137), (status.Reason, status.ExitCode));
        Assert.DoesNotContain("got it", node.Log(status.Key));
    }

    [Fact]
    public async Task A_processor_share_is_held()
    {
        await using var node = await NodeUnderTest.StartAsync(IsolationLevel.Full);
        var busy = NodeUnderTest.Batch("perl -e 'my $end = time + 2; 1 while time < $end; my @t = times; printf(\"%d\\n\", ($t[0] + $t[1]) * 1000)'");
        var status = await node.RunAsync(node.Lease(busy with { Resources = new WorkloadResources(200, 64) }));

        Assert.Equal(0, status.ExitCode);
        Assert.InRange(int.Parse(Assert.Single(node.Log(status.Key)), CultureInfo.InvariantCulture), 0, 1000);
    }

    [Fact]
    public async Task Too_much_disk_ends_a_workload_and_is_reported_as_that()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var lease = node.Lease(NodeUnderTest.Batch("for i in $(seq 40); do head -c 1048576 /dev/zero > /work/$i; done; sleep 600")) with { DiskMib = 16 };
        await node.StartAsync(lease);
        Assert.Equal(ExitReason.DiskExceeded, (await node.ExitOfAsync(NodeUnderTest.KeyOf(lease))).Reason);
    }

    [Fact]
    public async Task A_removed_file_that_is_still_open_counts_too()
    {
        await using var node = await NodeUnderTest.StartAsync();
        const string Script = "exec perl -e 'open(my $f, q(>), q(/work/x)); unlink q(/work/x); $f->autoflush; print $f q(x) x 1048576 for 1 .. 15; open(my $g, q(>), q(/work/y)); unlink q(/work/y); $g->autoflush; print $g q(y) x 1048576 for 1 .. 15; sleep 600'";
        var lease = node.Lease(NodeUnderTest.Batch(Script)) with { DiskMib = 16 };
        await node.StartAsync(lease);
        Assert.Equal(ExitReason.DiskExceeded, (await node.ExitOfAsync(NodeUnderTest.KeyOf(lease))).Reason);
    }

    [Theory]
    [InlineData("ln -s /etc/passwd /work/result")]
    [InlineData("mkfifo /work/result")]
    [InlineData("mkdir /work/result")]
    [InlineData("mkdir /work/real && echo x > /work/real/result && ln -s real /work/sub", "sub/result")]
    public async Task An_output_that_is_no_plain_file_is_refused(string script, string path = "result")
    {
        await using var node = await NodeUnderTest.StartAsync();
        var lease = node.Lease(NodeUnderTest.Batch(script) with { Outputs = [new NamedPath("result", path)] });
        Assert.Equal(0, (await node.RunAsync(lease)).ExitCode);
        Assert.Throws<UnauthorizedAccessException>(() => node.Engine.OpenOutput(NodeUnderTest.KeyOf(lease), "result"));
    }
}
