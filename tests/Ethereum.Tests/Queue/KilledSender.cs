using System.Diagnostics;
using System.Globalization;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Queue;
using Grid.Chain.Ethereum.Rpc;
using Grid.Chain.Ethereum.Signing;
using Grid.Tests.Ethereum.Anvil;
using Grid.Tests.Ethereum.Model;

namespace Grid.Tests.Ethereum.Queue;

/// <summary>A process that commits one transaction, up to its final outcome, and stands still at one of its effects, to be killed there.</summary>
internal static class KilledSender
{
    public const string Argument = "send-until-killed";
    private const string Standing = "standing still";
    private const int TimeoutMs = 30_000;
    private const int BlocksToFinality = 40;

    /// <returns>Whether it came to this effect; if so it was killed there by SIGKILL.</returns>
    public static async Task<bool> KilledAtAsync(int effect, bool isAfter, Uri url, string file, Address contract, int number, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Ethereum.Tests"), [Argument, $"{effect}", $"{isAfter}", url.ToString(), file, contract.ToString(), $"{number}"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeoutMs);
        try
        {
            return await process.StandardOutput.ReadLineAsync(timeout.Token) == Standing;
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>The killed process itself.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var http = new HttpClient();
        using var key = AnvilNode.RichKey();
        var chain = new RpcChain(new RpcEndpoint("anvil", http, new Uri(arguments[2]), TimeoutMs, TimeProvider.System));
        using var store = new FileTransactionStore(arguments[3]);
        var killer = new Killer();
        killer.Arm(int.Parse(arguments[0], CultureInfo.InvariantCulture), bool.Parse(arguments[1]));
        using var queue = new TransactionQueue(new KillableChain(chain, killer), new KeySigner(key), new KillableStore(store, killer), Policy, TimeProvider.System);
        try
        {
            await queue.EnqueueAsync(Request(Address.Parse(arguments[4]), int.Parse(arguments[5], CultureInfo.InvariantCulture)), CancellationToken.None);
            // Sent; seen in a block; final.
            await queue.PumpAsync(CancellationToken.None);
            await MineAsync(http, arguments[2], 1);
            await queue.PumpAsync(CancellationToken.None);
            await MineAsync(http, arguments[2], BlocksToFinality);
            await queue.PumpAsync(CancellationToken.None);
            return 0;
        }
        catch (KilledException)
        {
            // Still inside of the effect as far as anyone outside can tell: nothing was disposed, nothing answered.
            Console.WriteLine(Standing);
            await Task.Delay(Timeout.Infinite);
            return 1;
        }
    }

    private static async Task MineAsync(HttpClient http, string url, int blocks)
    {
        using var content = new StringContent(
            $$"""{"jsonrpc":"2.0","id":1,"method":"anvil_mine","params":[{{blocks}}]}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var response = await http.PostAsync(new Uri(url), content);
        response.EnsureSuccessStatusCode();
    }

    public static QueuePolicy Policy { get; } = new(MaxFeePerGasCapWei: 1_000_000_000_000);

    public static TransactionRequest Request(Address contract, int number) => new(Keccak256.Hash(Emitter.CallWith(number)), contract, Emitter.CallWith(number));
}
