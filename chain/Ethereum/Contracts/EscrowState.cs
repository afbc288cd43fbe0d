using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;
using Grid.Protocol;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>An operator's pool in the Escrow. All amounts are cumulative.</summary>
/// <param name="LeasePaid">What claims by lease took.</param>
/// <param name="AbandonedAtUnixSeconds">0: it is not.</param>
/// <param name="Accounts">How many payers ever deposited.</param>
public sealed record EscrowLedger(
    Money Deposited,
    Money Withdrawn,
    Money LeasePaid,
    Money EarnedPaid,
    Money FeesPaid,
    long LastPostedAtUnixSeconds,
    long AbandonedAtUnixSeconds,
    uint Accounts)
{
    /// <summary>What a root's charged + held must not exceed.</summary>
    public Money Balance => Deposited - Withdrawn - LeasePaid;

    /// <summary>What the Escrow holds for it.</summary>
    public Money Pool => Balance - EarnedPaid - FeesPaid;

    internal static EscrowLedger Of(AbiValue value) => new(
        value[0].ToMoney(),
        value[1].ToMoney(),
        value[2].ToMoney(),
        value[3].ToMoney(),
        value[4].ToMoney(),
        value[5].ToSeconds(),
        value[6].ToSeconds(),
        value[7].ToCount());
}

/// <summary>A payer's deposit with one operator.</summary>
/// <param name="Number">Counts from 1; 0: no account. Its leaf has the index number − 1.</param>
/// <param name="OpenClaims">Claims by lease that keep him from leaving.</param>
/// <param name="ExitReadyAtUnixSeconds">0: no exit was requested.</param>
/// <param name="ExitedAtUnixSeconds">Of the last exit; 0: none.</param>
public sealed record EscrowAccount(
    Money Deposited, Money Withdrawn, Money LeasePaid, uint Number, uint OpenClaims, long ExitReadyAtUnixSeconds, long ExitedAtUnixSeconds)
{
    /// <summary>Charges of roots are not taken off.</summary>
    public Money Balance => Deposited - Withdrawn - LeasePaid;

    internal static EscrowAccount Of(AbiValue value) => new(
        value[0].ToMoney(),
        value[1].ToMoney(),
        value[2].ToMoney(),
        value[3].ToCount(),
        value[4].ToCount(),
        value[5].ToSeconds(),
        value[6].ToSeconds());
}

/// <summary>The last root that an operator posted.</summary>
/// <param name="Credit">New credit, locked in the bond while it is open.</param>
/// <param name="IsOpen">Neither final nor void.</param>
public sealed record PendingRoot(
    Hash256 Commitment, Money Credit, ulong Batch, long PostedAtUnixSeconds, uint OpenChallenges, uint Accounts, bool IsOpen)
{
    internal static PendingRoot Of(AbiValue value) => new(
        value[0].ToHash256(),
        value[1].ToMoney(),
        value[2].ToUInt64(),
        value[3].ToSeconds(),
        value[4].ToCount(),
        value[5].ToCount(),
        value[6].ToBool());
}

/// <param name="Challenger">Zero: nobody challenged that account.</param>
/// <param name="AnswerBeforeUnixSeconds">0: answered, or never challenged.</param>
public sealed record RootChallenge(Address Challenger, long AnswerBeforeUnixSeconds)
{
    internal static RootChallenge Of(AbiValue value) => new(value[0].ToAddress(), value[1].ToSeconds());
}
