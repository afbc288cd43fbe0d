using Grid.Chain.Crypto;
using Grid.Node.Leases;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.Simulation;

/// <summary>The rules that a simulated node follows: the real node's, unless a test takes one out.</summary>
public sealed record NodeRules
{
    public Func<NodeLedger, Proposal, Address, OfferTerms, Eip712Domain, long, ProposalRules.Verdict> Judge { get; init; } =
        static (ledger, proposal, @operator, terms, domain, now) => ProposalRules.Judge(ledger, proposal, @operator, terms, new NodeAbilities(RunsImages: true), domain, now);

    public Func<NodeLease, string, long, NodeLease> Tick { get; init; } = LeaseRules.Ticked;

    public Func<NodeLease, TimeSpan, TimeSpan, CloseReason> DueStop { get; init; } = LeaseRules.DueStop;

    /// <summary>What of its ledger a node finds on its disk after a crash.</summary>
    public Func<NodeLedger, NodeLedger> AfterRestart { get; init; } = static ledger => ledger;

    /// <summary>Which clock seconds are counted on, in ms: given the boot-time clock, and how far UTC is off.</summary>
    public Func<long, TimeSpan, long> BootClock { get; init; } = static (bootMs, _) => bootMs;
}
