using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Rpc;

namespace Grid.Chain.Ethereum.Development;

/// <summary>
/// A real EVM node on this machine, for development: it knows no other nodes and mines for itself. It ends when this process does, however
/// that ends.
/// </summary>
public sealed class AnvilProcess : IAsyncDisposable
{
    // The shell waits for the end of its input, which is the end of whoever started it, and passes it on; killed itself, the kernel takes
    // anvil along.
    private const string Keeper =
        "log=$1; shift; exec 3<&0; "
        + "setpriv --pdeathsig KILL -- \"$@\" >>\"$log\" 2>&1 </dev/null 3<&- & anvil=$!; "
        + "{ while read -r _ <&3; do :; done; kill -TERM $anvil; } & waiter=$!; "
        + "wait $anvil; status=$?; kill $waiter 2>/dev/null; exit $status";

    private readonly Process _process;
    private readonly HttpClient _http = new();
    private readonly RpcEndpoint _endpoint;

    private AnvilProcess(Process process, int port)
    {
        _process = process;
        Url = new Uri($"http://127.0.0.1:{port}");
        _endpoint = new RpcEndpoint("anvil", _http, Url, Limits.DevelopmentRpcTimeoutMs, TimeProvider.System);
        Chain = new RpcChain(_endpoint);
    }

    public Uri Url { get; }

    public IChain Chain { get; }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Returns when it answers.</summary>
    /// <exception cref="FileNotFoundException">anvil is not installed; the message says what to run.</exception>
    /// <exception cref="ChainException">Its port is taken, it ended, or it does not answer in time.</exception>
    public static async Task<AnvilProcess> StartAsync(AnvilOptions options, CancellationToken cancellationToken)
    {
        var program = EvmTool.Find(EvmTool.Anvil);
        for (var attempt = 1; ; attempt++)
        {
            var port = await FreePortAsync(options.Port, cancellationToken);
            var anvil = new AnvilProcess(Start(program, options, port), port);
            try
            {
                await anvil.WaitAsync(options, cancellationToken);
                return anvil;
            }
            catch (ChainException) when (anvil.HasExited && options.Port == 0 && attempt < Limits.AnvilStarts)
            {
                // Somebody else took the port in between.
                await anvil.DisposeAsync();
            }
            catch
            {
                await anvil.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Sets what an account has.</summary>
    public Task GiveAsync(Address account, UInt128 wei, CancellationToken cancellationToken) =>
        _endpoint.AskAsync(
            "anvil_setBalance", RpcJson.Default.JsonElement, [Text(account.ToString()), Text(Quantity.Format(wei))], cancellationToken);

    /// <summary>Moves the clock of the next blocks ahead, and mines one.</summary>
    public async Task PassAsync(long seconds, CancellationToken cancellationToken)
    {
        await _endpoint.AskAsync(
            "evm_increaseTime", RpcJson.Default.JsonElement, [Text(Quantity.Format((ulong)seconds))], cancellationToken);
        await _endpoint.AskAsync("anvil_mine", RpcJson.Default.JsonElement, [Text("0x1")], cancellationToken);
    }

    /// <summary>What the code of a transaction used, without the 21 000 and its calldata. The node must be traced.</summary>
    public async Task<ulong> ExecutionGasAsync(Hash256 transaction, CancellationToken cancellationToken)
    {
        var options = JsonDocument.Parse("""{"disableStorage":true,"disableStack":true,"enableMemory":false}""").RootElement;
        var trace = await _endpoint.AskAsync(
            "debug_traceTransaction", RpcJson.Default.JsonElement, [Text(transaction.ToString()), options], cancellationToken);
        var steps = trace.GetProperty("structLogs");
        var (first, last) = (steps[0], steps[steps.GetArrayLength() - 1]);
        return first.GetProperty("gas").GetUInt64() - last.GetProperty("gas").GetUInt64() + last.GetProperty("gasCost").GetUInt64();
    }

    /// <summary>As kill -9 does: what came after the state file was written last is missing from it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>It writes its state and ends.</summary>
    public async Task StopAsync()
    {
        using var patience = new CancellationTokenSource(Limits.AnvilStopMs);
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await StopAsync();
        _process.Dispose();
        _http.Dispose();
    }

    private static Process Start(string program, AnvilOptions options, int port)
    {
        // A session of its own keeps the terminal's Ctrl-C from it: its owner stops it.
        string[] words = ["/bin/sh", "-c", Keeper, "sh", options.LogFile ?? "/dev/null", program, .. options.Arguments(port)];
        return Process.Start(new ProcessStartInfo("setsid", words) { RedirectStandardInput = true })!;
    }

    // Another node at that port would answer in our own's place. One that was just killed may take a moment to let go of it.
    private static async Task<int> FreePortAsync(int wanted, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, wanted);
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException e) when (Stopwatch.GetElapsedTime(started).TotalMilliseconds >= Limits.AnvilPortMs)
            {
                throw new ChainException(
                    ChainFault.Unreachable, $"Port {wanted} is taken ({e.SocketErrorCode}): end what listens there, or choose another one.", e);
            }
            catch (SocketException)
            {
                await Task.Delay(Limits.RunPauseMs, cancellationToken);
            }
        }
    }

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, RpcJson.Default.String);

    private async Task WaitAsync(AnvilOptions options, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (await ChainIdAsync(cancellationToken) is null || HasExited)
        {
            if (HasExited) throw Unreachable($"anvil ended at its start with exit code {_process.ExitCode}", options);
            if (Stopwatch.GetElapsedTime(started).TotalMilliseconds > Limits.AnvilStartMs)
                throw Unreachable($"anvil does not answer within {Limits.AnvilStartMs} ms", options);
            await Task.Delay(Limits.RunPauseMs, cancellationToken);
        }
    }

    private async Task<ulong?> ChainIdAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Chain.GetChainIdAsync(cancellationToken);
        }
        catch (ChainException e) when (e.Fault == ChainFault.Unreachable)
        {
            return null;
        }
    }

    private static ChainException Unreachable(string what, AnvilOptions options) =>
        new(ChainFault.Unreachable, $"{what}. It says why in {options.LogFile ?? "its log, which has no file"}.");
}
