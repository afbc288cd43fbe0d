using System.CommandLine;
using Grid.Client;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Home;

/// <summary>A client for the first operator that is there, which has shown to be the one that is trusted.</summary>
internal sealed class OpenClient : IDisposable
{
    private readonly OpenOperators _operators;

    private OpenClient(OpenOperators operators, GridClient client, OperatorInfo info) => (_operators, Client, Operator) = (operators, client, info);

    public GridClient Client { get; }

    public OperatorInfo Operator { get; }

    public Context Context => _operators.Context;

    public Client.Wallet? Wallet => _operators.Wallet;

    public static async Task<OpenClient> WithWalletAsync(ParseResult asked, CancellationToken cancellation) =>
        await FirstAsync(await OpenOperators.WithWalletAsync(asked, cancellation), cancellation);

    /// <summary>For what anybody may ask.</summary>
    public static Task<OpenClient> AnonymousAsync(ParseResult asked, CancellationToken cancellation) => FirstAsync(OpenOperators.Anonymous(asked), cancellation);

    public void Dispose() => _operators.Dispose();

    private static async Task<OpenClient> FirstAsync(OpenOperators operators, CancellationToken cancellation)
    {
        try
        {
            var client = await operators.All.FirstAsync(cancellation);
            return new OpenClient(operators, client, await client.GetOperatorAsync(cancellation));
        }
        catch
        {
            operators.Dispose();
            throw;
        }
    }
}
