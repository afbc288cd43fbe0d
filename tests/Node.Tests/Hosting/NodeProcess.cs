using System.Diagnostics;
using System.Text.Json;
using Grid.Node.Shim;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Manifests;
using Grid.Protocol.Signing;
using Grid.Tests.Node.Leases;
using Grid.Tests.Node.Link;

namespace Grid.Tests.Node.Hosting;

/// <summary>The program itself, as a process that is signalled and killed.</summary>
[Collection(WholeNode.OneAtATime)]
public sealed class NodeProcess : IDisposable
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(10);
    private static readonly long s_expiry = TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("grid-node-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Told_to_end_it_closes_its_link_and_leaves_its_workloads_running()
    {
        await using var @operator = await FakeOperator.StartAsync(Sample.OperatorA);
        using var node = Start(@operator);
        await RunAsync(@operator);
        var supervisor = await SupervisorAsync();

        using (Process.Start("/bin/kill", ["-TERM", $"{node.Id}"])) await node.WaitForExitAsync(Cancel).WaitAsync(s_soon, Cancel);
        Assert.Contains("node stops", (await @operator.Link.Closed.WaitAsync(s_soon, Cancel)).Message, StringComparison.Ordinal);
        Assert.True(IsAlive(supervisor));

        using var next = Start(@operator, "--exit-with-parent");
        Assert.Equal(NodeLeasePhase.Running, Assert.Single((await @operator.HelloAsync()).Leases).Phase);
        Assert.Equal(supervisor, await SupervisorAsync());
        next.StandardInput.Close();
        await next.WaitForExitAsync(Cancel).WaitAsync(s_soon, Cancel);
        Assert.False(IsAlive(supervisor));
    }

    [Fact]
    public async Task Killed_it_leaves_a_workload_of_at_most_one_copy_no_longer_than_its_operator_waits_for_it()
    {
        await using var @operator = await FakeOperator.StartAsync(Sample.OperatorA);
        using var node = Start(@operator);
        await @operator.HelloAsync();
        var (once, atLeast) = ($"sleep 300.{Environment.ProcessId}1", $"sleep 300.{Environment.ProcessId}2");
        await RunAsync(@operator, 1, once, OnPartition.Stop);
        await RunAsync(@operator, 2, atLeast, OnPartition.Keep);
        var supervisor = await SupervisorAsync();

        node.Kill();
        await node.WaitForExitAsync(Cancel);

        await Soon(() => !IsRunning(once));
        Assert.True(IsAlive(supervisor) && IsRunning(atLeast));
        using var next = Start(@operator, "--exit-with-parent");
        Assert.Equal(CloseReason.ProviderFailed, (await @operator.HearAsync<LeaseEnded>(static ended => ended.Lease == Sample.Lease(1))).Reason);
        next.StandardInput.Close();
        await next.WaitForExitAsync(Cancel).WaitAsync(s_soon, Cancel);
    }

    [Theory]
    [InlineData("names one operator twice", "0x52908400098527886E0F7030069857D2E4169EE7=https://a.example", "https://b.example@0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("expected ADDRESS=URL", "0x52908400098527886E0F7030069857D2E4169EE7=http://a.example")]
    [InlineData("expected ADDRESS=URL", "https://a.example")]
    public async Task Operators_that_cannot_be_dialled_are_named_before_anything_starts(string expected, params string[] operators)
    {
        string[] words = [.. NodeProgram.Own.Arguments, "start", "--data", _directory.FullName, "--region", "germany", .. operators.SelectMany(static one => new[] { "--operator", one })];
        using var node = Process.Start(new ProcessStartInfo(NodeProgram.Own.File, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = await node.StandardError.ReadToEndAsync(Cancel);
        await node.WaitForExitAsync(Cancel).WaitAsync(s_soon, Cancel);

        Assert.NotEqual(0, node.ExitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_its_launcher_is_killed_nothing_of_it_is_left()
    {
        await using var @operator = await FakeOperator.StartAsync(Sample.OperatorA);
        // The launcher is whoever holds the other end of standard input: here a process that is killed outright.
        using var launcher = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"sleep 600 | {Quoted(Command(@operator, "--exit-with-parent"))}"]))!;
        await RunAsync(@operator);
        var (node, supervisor) = await ProcessesAsync();

        foreach (var holder in Process.GetProcessesByName("sleep").Where(one => SharesPipe(one.Id, node))) holder.Kill();

        await GoneAsync(node);
        await GoneAsync(supervisor);
        await launcher.WaitForExitAsync(Cancel).WaitAsync(s_soon, Cancel);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private Process Start(FakeOperator @operator, params string[] more)
    {
        var command = Command(@operator, more);
        return Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    private string[] Command(FakeOperator @operator, params string[] more)
    {
        var passphrase = Path.Combine(_directory.FullName, "passphrase");
        File.WriteAllText(passphrase, "open");
        File.SetUnixFileMode(passphrase, UnixFileMode.UserRead);
        return
        [
            NodeProgram.Own.File, .. NodeProgram.Own.Arguments, "start", "--init", "--light-key", "--data", Path.Combine(_directory.FullName, "data"), "--passphrase-file", passphrase,
            "--operator", $"{@operator.Key.Address}={@operator.Url}", "--region", "germany", "--price-per-core", "10", "--price-per-gib-memory", "10", "--price-per-gib-storage", "0", .. more,
        ];
    }

    private static async Task RunAsync(FakeOperator @operator)
    {
        await @operator.HelloAsync();
        await RunAsync(@operator, 1, "sleep 300", OnPartition.Keep);
    }

    private static async Task RunAsync(FakeOperator @operator, int lease, string script, OnPartition onPartition)
    {
        var manifest = Sample.Manifest(Sample.Batch($"exec {script}", onPartition));
        await @operator.LeaseAsync(Sample.Proposal(Sample.OperatorA, lease, manifest, expiry: s_expiry));
        await @operator.HearAsync<WorkloadChanged>(changed => changed.Lease == Sample.Lease(lease) && changed.Status.Phase == WorkloadPhase.Running);
    }

    private static bool IsRunning(string command) => Process.GetProcessesByName("sleep").Any(one => CommandOf(one.Id).StartsWith(command, StringComparison.Ordinal));

    private static string CommandOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }

    private async Task<int> SupervisorAsync() => (await ProcessesAsync()).Supervisor;

    private async Task<(int Node, int Supervisor)> ProcessesAsync()
    {
        var file = Path.Combine(_directory.FullName, "data", "status.json");
        while (!File.Exists(file)) await Task.Delay(20, Cancel);
        using var status = JsonDocument.Parse(await File.ReadAllTextAsync(file, Cancel));
        return (status.RootElement.GetProperty("processId").GetInt32(), status.RootElement.GetProperty("supervisorProcessId").GetInt32());
    }

    private static string Quoted(string[] words) => string.Join(' ', words.Select(static word => $"'{word}'"));

    private static bool IsAlive(int process) => File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static bool SharesPipe(int writer, int reader) => File.ResolveLinkTarget($"/proc/{writer}/fd/1", false)?.Name is { } pipe && pipe == File.ResolveLinkTarget($"/proc/{reader}/fd/0", false)?.Name;

    private static Task GoneAsync(int process) => Soon(() => !IsAlive(process));

    private static async Task Soon(Func<bool> isTrue)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(s_soon);
        while (!isTrue()) await Task.Delay(20, patience.Token);
    }
}
