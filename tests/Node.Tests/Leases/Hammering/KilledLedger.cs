using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Grid.Node.Leases;
using Orleans;

namespace Grid.Tests.Node.Leases.Hammering;

/// <summary>A process that says what its ledger holds, is hammered, and kills itself in the middle of a call: before it, or after its write and before its answer.</summary>
internal static class KilledLedger
{
    public const string Argument = "killed-ledger";

    private const int Steps = 100_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <returns>Every line that it said before it was dead.</returns>
    public static async Task<IReadOnlyList<string>> RunUntilDeadAsync(string directory, int seed)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Node.Tests");
        var start = new ProcessStartInfo(program, [Argument, directory, $"{seed}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(s_patience);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        var lines = (await process.StandardOutput.ReadToEndAsync(patience.Token)).Split('\n');
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 137, $"seed {seed}: exit code {process.ExitCode}\n{await error}");

        // What comes after the last line's end was cut off by the kill: nobody heard it.
        return lines[..^1];
    }

    public static async Task<int> RunAsync(string directory, string seed)
    {
        var number = int.Parse(seed, CultureInfo.InvariantCulture);
        using var output = Console.OpenStandardOutput();
        void Say(string line) => output.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));

        var killer = new Killer(new Random(number));
        await using var host = await LedgerHost.OpenAsync(directory, killer);
        var ledger = await host.Node.GetLedger();
        Say($"ledger {JsonSerializer.Serialize(new NodeState { Ledger = ledger }, NodeStateJson.Default.NodeState)}");
        killer.Arm();
        await Hammer.RunAsync(host.Node, number, Steps, Say);
        return 0;
    }

    private sealed class Killer(Random random) : IIncomingGrainCallFilter
    {
        private const int Never = -1;

        private readonly Lock _gate = new();
        private volatile bool _isArmed;

        /// <summary>What the ledger holds has been said.</summary>
        public void Arm() => _isArmed = true;

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            var draw = Draw();
            if (draw == 0) Kill();
            await context.Invoke();
            if (draw is 1 or 2) Kill();
        }

        private int Draw()
        {
            if (!_isArmed) return Never;
            lock (_gate) return random.Next(150);
        }

        private static void Kill()
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
