using Grid.Protocol;

namespace Grid.Accounts;

/// <summary>A payer's account with this operator in the escrow, as it is final on the chain.</summary>
/// <param name="Balance">Deposited − withdrawn − paid by lease claims.</param>
/// <param name="Withdrawn">Cumulative.</param>
/// <param name="IsLeaving">His exit runs.</param>
/// <param name="FinalUnixSeconds">The time of the block that this was read at: nothing signed to expire before it can happen any
/// more.</param>
/// <param name="ExitReadyUnixSeconds">When that exit may be completed; zero where none runs.</param>
public sealed record EscrowBalance(Money Balance, Money Withdrawn, bool IsLeaving, long FinalUnixSeconds, long ExitReadyUnixSeconds = 0);
