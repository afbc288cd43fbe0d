using Grid.Protocol;
using Grid.Protocol.Signing;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Accounts;

/// <summary>A payer's deposit in a grid without a chain (<c>--ledger local</c>): what the operator's own key has funded. Key: the payer's address.</summary>
[Alias("Grid.Accounts.ILocalLedgerGrain")]
public interface ILocalLedgerGrain : IGrainWithStringKey
{
    /// <summary>Books a deposit. Idempotent by the order's id; the same id with other content is refused.</summary>
    [Alias("Fund")]
    Task<FundResult> Fund(Signed<FundOrder> order);

    // A pure read of acknowledged state.
    [AlwaysInterleave]
    [Alias("GetDeposited")]
    Task<Money> GetDeposited();
}

[GenerateSerializer, Alias("Grid.Accounts.FundResult")]
public sealed record FundResult(bool IsBooked, Money Deposited, string? Refusal);
