using Grid.Chain.Crypto;
using Grid.Protocol;

namespace Grid.CommandLine.Demo;

/// <summary>What the demo left on the chain, as the chain itself tells it.</summary>
/// <param name="Transactions">All of the grid's, whoever sent them, oldest first.</param>
/// <param name="Conserved">Whether the token that each contract holds is what its books say, and the operators' books say what the chain says.</param>
internal sealed record DemoChain(
    IReadOnlyList<DemoContract> Deployments,
    IReadOnlyList<DemoTransaction> Transactions,
    IReadOnlyList<DemoEra> Eras,
    IReadOnlyList<DemoSlash> Slashes,
    IReadOnlyList<DemoSettlement> Settlements,
    bool Conserved);

internal sealed record DemoContract(string Name, Address Address, ulong Gas);

internal sealed record DemoTransaction(string Name, Hash256 Hash, ulong Gas, ulong Block);

/// <param name="Signatures">Of operators, in the commit.</param>
internal sealed record DemoEra(ulong Number, Hash256 Root, uint Leaves, int Signatures, Hash256 Tx);

/// <param name="Outcome"><c>executed</c> or <c>dismissed</c>.</param>
internal sealed record DemoSlash(ProviderId Provider, Money Amount, Money Compensation, string Outcome);

/// <param name="Root">Its commitment.</param>
/// <param name="Total">Charged under it since the operator's ledger began.</param>
internal sealed record DemoSettlement(Address Operator, Hash256 Root, uint Leases, Money Total);
