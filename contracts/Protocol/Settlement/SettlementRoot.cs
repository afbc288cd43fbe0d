using Grid.Chain.Crypto;

namespace Grid.Protocol.Settlement;

/// <summary>
/// What an operator owes and is owed, cumulative since its ledger began (<c>docs/protocol/escrow.md</c>). The Escrow keeps its
/// <see cref="Commitment"/> only; who acts on a root brings it along.
/// </summary>
/// <param name="Payers">Hash of the sum tree of payers; <paramref name="Charged"/> and <paramref name="Held"/> are its sums.</param>
/// <param name="Providers">Hash of the sum tree of providers; <paramref name="Earned"/> is its sum.</param>
/// <param name="Leases">Root of the plain tree of (lease, charged).</param>
/// <param name="Fees">Charged = earned + fees.</param>
/// <param name="Accounts">Leaves of the tree of payers.</param>
public sealed record SettlementRoot(
    Hash256 Payers,
    Hash256 Providers,
    Hash256 Leases,
    Money Charged,
    Money Held,
    Money Earned,
    Money Fees,
    uint Accounts,
    uint ProviderCount,
    uint LeaseCount)
{
    /// <summary>Stands for the root before an operator's first.</summary>
    public static SettlementRoot None { get; } = new(default, default, default, default, default, default, default, 0, 0, 0);

    /// <returns>keccak256 of the ten fields as words; zero for <see cref="None"/>.</returns>
    public Hash256 Commitment() => this == None
        ? default
        : Eip712StructHash.Begin(Payers).Add(Providers).Add(Leases)
            .Add(Charged.MicroUnits).Add(Held.MicroUnits).Add(Earned.MicroUnits).Add(Fees.MicroUnits)
            .Add(Accounts).Add(ProviderCount).Add(LeaseCount)
            .ToHash256();
}
