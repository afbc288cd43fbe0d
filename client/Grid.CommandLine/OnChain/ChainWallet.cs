using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.CommandLine.Home;

namespace Grid.CommandLine.OnChain;

/// <summary>A key of this user on the chain; no operator is asked anything.</summary>
internal sealed class ChainWallet : IDisposable
{
    private readonly Client.Wallet _wallet;

    private ChainWallet(Context context, Client.Wallet wallet, OpenChain chain) => (Context, _wallet, Chain) = (context, wallet, chain);

    public Context Context { get; }

    public OpenChain Chain { get; }

    public Address Self => _wallet.Address;

    public static async Task<ChainWallet> OpenAsync(ParseResult asked, CancellationToken cancellation)
    {
        var context = Context.Of(asked);
        var wallet = await context.OpenWalletAsync(cancellation);
        try
        {
            return new ChainWallet(context, wallet, OpenChain.Of(asked, context, wallet.Key));
        }
        catch
        {
            wallet.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Chain.Dispose();
        _wallet.Dispose();
    }
}
