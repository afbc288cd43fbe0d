using System.Diagnostics;
using Grid.Node.Execution;
using Grid.Protocol;
using Grid.Tests.Node.Execution;

namespace Grid.Tests.Node.Shim;

/// <summary>A real process that opens an engine and starts a lease, only to be killed.</summary>
internal static class KilledNode
{
    public const string Argument = "killed-node";

    /// <summary>Prints a number a tenth of a second and ends with its own code: a gap or a missing code would show.</summary>
    public const string Script = "for i in $(seq 1 30); do echo $i; sleep 0.1; done; exit 42";

    /// <summary>Returns when the process has started the lease and is dead.</summary>
    /// <param name="prefix">A command that starts it, with the program's own path and arguments appended.</param>
    public static async Task StartAndKillAsync(string dataDirectory, LeaseId lease, params string[] prefix)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Node.Tests");
        string[] command = [.. prefix, program, Argument, dataDirectory, lease.ToString()];
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = new CancellationTokenSource(NodeUnderTest.Patience);
        if (await process.StandardOutput.ReadLineAsync(patience.Token) != "started") Assert.Fail(await process.StandardError.ReadToEndAsync(patience.Token));
        process.Kill();
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(137, process.ExitCode);
    }

    public static async Task<int> RunAsync(string dataDirectory, string lease)
    {
        var clock = new Grid.Node.Inventory.SystemBootClock();
        await using var engine = await WorkloadEngine.OpenAsync(new WorkloadEngineOptions(dataDirectory, AllowUnisolated: true), TimeProvider.System, CancellationToken.None);
        await engine.StartAsync(new LeaseWorkload(LeaseId.Parse(lease), 1, clock.NowMs + 600_000, 64, [NodeUnderTest.Batch(Script)]), CancellationToken.None);
        Console.WriteLine("started");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
