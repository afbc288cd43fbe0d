using System.Text.Json.Serialization;

namespace Grid.Bench.Gas;

/// <summary>
/// What <c>grid bench gas --json</c> prints: gas of whole transactions, the 21 000 and calldata included, unless said otherwise.
/// </summary>
/// <param name="EraCommit">One root for all leaves of an era, with all operators' signatures.</param>
/// <param name="LeafVerify17">Execution alone, as another contract pays for it.</param>
/// <param name="SettlementRoot">Posting a root over all leases, not the operator's first.</param>
/// <param name="SettlePerLease">Of the posted root.</param>
/// <param name="FinalizeRoot">What follows once, when the root's window is over.</param>
/// <param name="Claim">A provider's whole balance at depth 10, again: the dearest of several.</param>
/// <param name="Deposit">Into an account that exists.</param>
/// <param name="Withdraw">With the operator's signature and a proof, the payer's first.</param>
public sealed record GasBenchResult(
    ulong EraCommit,
    int Signatures,
    int Leaves,
    ulong LeafVerify17,
    ulong LeafVerify17Transaction,
    ulong SettlementRoot,
    int Leases,
    double SettlePerLease,
    ulong FinalizeRoot,
    ulong Claim,
    ulong ClaimFirst,
    ulong Deposit,
    ulong DepositFirst,
    ulong Withdraw,
    GasReference Reference);

/// <summary>From the same run.</summary>
/// <param name="Bare">A transaction that moves coins and calls nothing.</param>
/// <param name="TokenTransfer">A plain ERC-20 transfer to an account that has some.</param>
public sealed record GasReference(ulong Bare, ulong TokenTransfer);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(GasBenchResult))]
internal sealed partial class GasBenchJson : JsonSerializerContext;
