using System.Diagnostics;
using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Rpc;

namespace Grid.Tests.Ethereum.Anvil;

/// <summary>A real EVM node of its own for one test; it mines only when told to.</summary>
internal sealed class AnvilNode : IAsyncDisposable
{
    public const ulong ChainId = 31337;
    private const string Listening = "Listening on ";
    private const int TimeoutMs = 20_000;

    private readonly Process _process;
    private readonly Task _log;
    private readonly HttpClient _http = new();

    private AnvilNode(Process process, Uri url)
    {
        _process = process;
        // A full pipe would stop it.
        _log = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        Url = url;
        Endpoint = new RpcEndpoint("anvil", _http, url, TimeoutMs, TimeProvider.System);
        Chain = new RpcChain(Endpoint);
    }

    public Uri Url { get; }

    public RpcEndpoint Endpoint { get; }

    public RpcChain Chain { get; }

    /// <summary>The first development account, which has 10 000 ether; its key is printed by every anvil.</summary>
    public static PrivateKey RichKey() => PrivateKey.FromBytes(Hex.Bytes("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"));

    public static async Task<AnvilNode> StartAsync(params string[] options)
    {
        string[] epoch = options.Contains("--slots-in-an-epoch") ? [] : ["--slots-in-an-epoch", "16"];
        var start = new ProcessStartInfo(EvmTools.Anvil, ["--port", "0", "--enable-tx-gas-limit", "--no-mining", .. epoch, .. options]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        try
        {
            return new AnvilNode(process, await UrlAsync(process));
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>One of anvil's own methods.</summary>
    public async Task<JsonElement> AskAsync(string method, string parameters)
    {
        using var content = new StringContent($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var response = await _http.PostAsync(Url, content, TestContext.Current.CancellationToken);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return answer.RootElement.TryGetProperty("error", out var error) ? throw new InvalidOperationException($"{method}: {error}") : answer.RootElement.GetProperty("result").Clone();
    }

    public Task MineAsync(int blocks = 1) => AskAsync("anvil_mine", $"[{blocks}]");

    /// <summary>Replaces the last blocks by as many empty ones.</summary>
    public Task ReorgAsync(int blocks) => AskAsync("anvil_reorg", $"[{blocks},[]]");

    private static async Task<Uri> UrlAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal)) return new Uri("http://" + line[Listening.Length..].Trim());
        }

        throw new InvalidOperationException("anvil ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        await _log;
        _process.Dispose();
    }
}
