using System.Collections.Immutable;
using System.Text;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Protocol.Signing;
using Grid.Slashing;

namespace Grid.Silo.Chain;

/// <summary>The court's transactions over the operator's queue. What they did comes as events, when they are final.</summary>
internal sealed class ChainSlashing(ChainOptions options, ChainSender sender) : ISlashingChain
{
    private readonly SlashingCourtContract _court = options.Deployment.SlashingCourt;

    public SlashingTerms Terms { get; } = new(options.Deployment.Windows.ReportSeconds);

    // The court takes an interval once, whoever proposes it and however often.
    public async Task<CaseNews?> ProposeAsync(Fault fault, ImmutableSortedDictionary<Address, Signature> votes)
    {
        var id = fault.StructHash();
        await SendAsync(Operation("propose", id), "propose fault", _court.Propose(fault, votes.Select(static vote => new OperatorVote(vote.Key, vote.Value))));
        return null;
    }

    public Task ExecuteAsync(Hash256 id) => SendAsync(Operation("execute", id), "execute case", _court.Execute(id));

    private async Task SendAsync(Hash256 operation, string name, ContractCall call)
    {
        try
        {
            await sender.SendAsync(operation, name, call, isResent: true, CancellationToken.None);
        }
        catch (ChainException)
        {
            // The queue could not be opened without its chain: the grain's sweep asks again.
        }
    }

    private static Hash256 Operation(string name, Hash256 id) => Keccak256.Hash([.. Encoding.ASCII.GetBytes("grid.slashing." + name), .. id.ToByteArray()]);
}
