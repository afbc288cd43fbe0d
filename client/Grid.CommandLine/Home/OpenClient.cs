using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Home;

/// <summary>A client for the operator that a command means, which has shown to be the one that is trusted.</summary>
internal sealed class OpenClient : IDisposable
{
    private OpenClient(GridClient client, OperatorInfo info, Context context, Client.Wallet? wallet) => (Client, Operator, Context, Wallet) = (client, info, context, wallet);

    public GridClient Client { get; }

    public OperatorInfo Operator { get; }

    public Context Context { get; }

    public Client.Wallet? Wallet { get; }

    public static async Task<OpenClient> WithWalletAsync(ParseResult asked, CancellationToken cancellation)
    {
        var context = Context.Of(asked);
        _ = context.Url;
        return await OpenAsync(context, await context.OpenWalletAsync(cancellation), cancellation);
    }

    /// <summary>For what anybody may ask.</summary>
    public static Task<OpenClient> AnonymousAsync(ParseResult asked, CancellationToken cancellation) => OpenAsync(Context.Of(asked), null, cancellation);

    public void Dispose()
    {
        Client.Dispose();
        Wallet?.Dispose();
    }

    private static async Task<OpenClient> OpenAsync(Context context, Client.Wallet? wallet, CancellationToken cancellation)
    {
        var client = new GridClient(context.Url, wallet, TrustOf(context));
        try
        {
            return new OpenClient(client, await client.GetOperatorAsync(cancellation), context, wallet);
        }
        catch
        {
            client.Dispose();
            wallet?.Dispose();
            throw;
        }
    }

    private static IOperatorTrust TrustOf(Context context) => context.Settings.Operator switch
    {
        null => new KnownOperators(context.Home.KnownOperatorsFile),
        var text when Address.TryParse(text, out var pinned) => new PinnedOperator(pinned),
        var text => throw new GridException(GridErrorKind.InvalidInput, $"'{text}' is no operator's identity; expected 0x and 40 hexadecimal digits."),
    };
}
