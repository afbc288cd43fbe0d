using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Orleans;

namespace Grid.Silo.Chain;

/// <summary>Reads accounts of the escrow at the last final block into the mirror, and has the payers' grains look again.</summary>
internal sealed class EscrowReader(ChainOptions options, IChain chain, EscrowMirror mirror, IGrainFactory grains, GridIdentity identity)
{
    /// <summary>Durable when it returns. A grain that was not told finds it by itself where it can't hold what it should.</summary>
    public async Task ReadAsync(IEnumerable<Address> payers, CancellationToken cancellationToken)
    {
        var read = new List<MirroredAccount>();
        foreach (var payer in payers.Distinct().Order())
        {
            var account = await chain.ReadAsync(options.Deployment.Escrow.AccountOf(identity.Operator, payer), BlockTag.Finalized, cancellationToken);
            read.Add(new MirroredAccount(payer, account.Number, account.Balance, account.Withdrawn, account.ExitReadyAtUnixSeconds != 0, account.ExitReadyAtUnixSeconds));
        }

        foreach (var account in mirror.Put(read)) await grains.GetGrain<IAccountGrain>(account.Payer.ToString()).Refresh();
    }
}
