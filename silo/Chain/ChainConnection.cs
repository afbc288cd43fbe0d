using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Rpc;

namespace Grid.Silo.Chain;

/// <summary>The operator's view of the chain: one endpoint, or two that must agree.</summary>
internal sealed class ChainConnection : IDisposable
{
    private readonly HttpClient _http = new();

    public ChainConnection(ChainOptions options, TimeProvider time)
    {
        IChain[] chains = [.. options.RpcUrls.Take(Limits.Endpoints).Select((url, index) => Open(url, index, time))];
        Chain = chains is [var primary, var witness] ? new CrossCheckedChain(primary, witness) : chains[0];
    }

    public IChain Chain { get; }

    public void Dispose() => _http.Dispose();

    private RpcChain Open(Uri url, int index, TimeProvider time) =>
        new(new RpcEndpoint($"chain endpoint {index + 1}", _http, url, Limits.RpcTimeoutMs, time));
}
