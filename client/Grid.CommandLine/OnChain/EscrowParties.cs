using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.Home;

namespace Grid.CommandLine.OnChain;

/// <summary>One party's key, the operator that it deals with, and the chain between them. The operator may have vanished.</summary>
internal sealed class EscrowParties : IDisposable
{
    private readonly OpenOperators _open;

    private EscrowParties(OpenOperators open, GridClient? client, OpenChain chain, Address @operator) => (_open, Client, Chain, Operator) = (open, client, chain, @operator);

    /// <summary>Null where the operator does not answer.</summary>
    public GridClient? Client { get; }

    public OpenChain Chain { get; }

    public Address Operator { get; }

    public Address Self => _open.Wallet!.Address;

    public GridHome Home => _open.Context.Home;

    /// <param name="vanished">The operator's address where it may be away; null where it must answer.</param>
    public static async Task<EscrowParties> OpenAsync(ParseResult asked, Address? vanished, CancellationToken cancellation)
    {
        var open = await OpenOperators.WithWalletAsync(asked, cancellation);
        try
        {
            var chain = OpenChain.Of(asked, open.Context, open.Wallet!.Key);
            try
            {
                return await OpenAsync(open, chain, vanished, cancellation);
            }
            catch
            {
                chain.Dispose();
                throw;
            }
        }
        catch
        {
            open.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Chain.Dispose();
        _open.Dispose();
    }

    private static async Task<EscrowParties> OpenAsync(OpenOperators open, OpenChain chain, Address? vanished, CancellationToken cancellation)
    {
        try
        {
            var client = await open.All.FirstAsync(cancellation);
            var info = await client.GetOperatorAsync(cancellation);
            if (info.Domain() != chain.Grid.Domain)
                throw new GridException(
                    GridErrorKind.InvalidInput,
                    $"{client.Url} settles on chain {info.ChainId}, escrow {info.VerifyingContract}; chain.json is of chain {chain.Grid.ChainId}, escrow {chain.Grid.Contracts.Escrow}.");
            if (vanished is { } named && named != info.Operator) return new EscrowParties(open, null, chain, named);
            return new EscrowParties(open, client, chain, info.Operator);
        }
        catch (GridException e) when (e.Kind == GridErrorKind.Unreachable && vanished is not null)
        {
            return new EscrowParties(open, null, chain, vanished.Value);
        }
    }
}
