using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;
using Grid.Settlements;

namespace Grid.Silo.Chain;

/// <summary>Settlement's transactions over the operator's queue.</summary>
internal sealed class SettlementChain(ChainOptions options, ChainSender sender, EscrowMirror mirror, GridIdentity identity) : ISettlementChain
{
    private readonly EscrowContract _escrow = options.Deployment.Escrow;

    public Task<ImmutableArray<EscrowLine>> ListAccountsAsync() => Task.FromResult(mirror.Lines());

    // Another one is collected in its place: what was refused once may never be posted late.
    public Task<Sending> PostRootAsync(Hash256 id, SettlementRoot last, SettlementRoot next) => Send(id, "post root", _escrow.PostRoot(last, next), isResent: false);

    public Task<Sending> AnswerAsync(Hash256 id, uint account, PayerProof proof, Signed<Authorization>? authorization) =>
        Send(id, $"answer {account}", _escrow.Answer(identity.Operator, account, proof, authorization ?? Nobodys), isResent: true);

    public Task<Sending> FinalizeRootAsync(Hash256 id) => Send(id, "finalize root", _escrow.FinalizeRoot(identity.Operator), isResent: true);

    public Task<Sending> CollectFeesAsync(Hash256 id, SettlementRoot root) => Send(id, "collect fees", _escrow.CollectFees(identity.Operator, root), isResent: true);

    /// <summary>Where a leaf charges and holds nothing the escrow does not look at it.</summary>
    private static Signed<Authorization> Nobodys { get; } = new(new Authorization(default, default, default, default, 0, default, default, default, default, default, 0, default), default);

    private async Task<Sending> Send(Hash256 id, string name, ContractCall call, bool isResent)
    {
        try
        {
            return await sender.SendAsync(id, name, call, isResent, CancellationToken.None);
        }
        catch (ChainException)
        {
            // The queue could not be opened without its chain: not taken, to be asked again.
            return Sending.Full;
        }
    }
}
