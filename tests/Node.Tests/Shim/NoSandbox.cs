using Grid.Node.Execution;
using Grid.Tests.Node.Execution;

namespace Grid.Tests.Node.Shim;

/// <summary>A machine without a working bubblewrap: the supervisor is started where a program that always fails lies in its place.</summary>
public sealed class NoSandbox
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_refused_with_advice_unless_the_owner_allows_it()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/bwrap"), "only root can hide bubblewrap from one process");
        var directory = Directory.CreateTempSubdirectory("grid-node-");
        try
        {
            var lease = NodeUnderTest.NewLease();
            await KilledNode.StartAndKillAsync(
                directory.FullName, lease, "/usr/bin/unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", "mount --bind /bin/false /usr/bin/bwrap && exec \"$0\" \"$@\"");

            var options = new WorkloadEngineOptions(directory.FullName, AllowUnisolated: true);
            await using var allowed = await WorkloadEngine.OpenAsync(options, TimeProvider.System, Cancel);
            Assert.Equal(IsolationLevel.None, allowed.Isolation.Level);
            var key = new WorkloadKey(lease, "job", 0);
            await foreach (var status in allowed.WatchAsync(Cancel).WithCancellation(Cancel))
            {
                if (status.ProcessId > 0) Assert.DoesNotContain("0", ProcessesOutside.Status(status.ProcessId, "Uid").Split('\t'));
                if (!status.HasExited) continue;
                Assert.Equal(42, status.ExitCode);
                break;
            }

            Assert.Equal("30", allowed.ReadLogs(key, 0).Lines[^1].Text);
            var refused = await Assert.ThrowsAsync<IsolationRefusedException>(
                () => WorkloadEngine.OpenAsync(options with { AllowUnisolated = false }, TimeProvider.System, Cancel));
            Assert.Contains("--allow-unisolated", refused.Message, StringComparison.Ordinal);
            Assert.Contains("user namespaces", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
