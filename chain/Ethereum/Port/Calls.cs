using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum;

/// <param name="To">Null creates a contract.</param>
public sealed record ChainCall(Address From, Address? To, ReadOnlyMemory<byte> Data, UInt128 ValueWei = default);

/// <summary>The contract refused: <c>AbiError</c> reads the data.</summary>
/// <param name="Message">The node's words, for people only.</param>
public sealed record Revert(ReadOnlyMemory<byte> Data, string Message);

/// <param name="Data">What the call returned; empty where it reverted.</param>
public sealed record CallResult(ReadOnlyMemory<byte> Data, Revert? Revert = null);

/// <param name="Gas">What the call needs, without reserve; 0 where it reverts.</param>
public sealed record GasEstimate(ulong Gas, Revert? Revert = null);

/// <param name="BaseFeePerGasWei">Of the newest block.</param>
/// <param name="PriorityFeePerGasWei">The tip that the node suggests.</param>
public readonly record struct FeeData(UInt128 BaseFeePerGasWei, UInt128 PriorityFeePerGasWei);

/// <param name="Succeeded">False: mined, paid for, and reverted.</param>
public sealed record TransactionReceipt(
    Hash256 Transaction, Address From, BlockRef Block, bool Succeeded, ulong GasUsed, UInt128 GasPriceWei, Address? CreatedContract, ImmutableArray<LogEntry> Logs);

/// <summary>What a node said to a transaction. Nodes say it in words only, so nothing that must be right depends on it: receipts and nonces decide.</summary>
public enum SubmissionStatus
{
    Accepted,
    AlreadyKnown,
    NonceTooLow,

    /// <summary>Below the base fee, or too little above one of the same nonce.</summary>
    Underpriced,
    InsufficientFunds,

    /// <summary>No answer: it may be in the pool or not.</summary>
    OutcomeUnknown,
    Refused,
}

/// <param name="Message">The node's words, for people only.</param>
public sealed record Submission(SubmissionStatus Status, string Message = "");
