using Grid.Chain.Crypto;
using Microsoft.Extensions.Logging;

namespace Grid.Settlements;

public sealed partial class SettlementLedgerGrain
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Batch {Batch} charges {Charged} in all; its root is {Commitment}")]
    private partial void LogCollected(ulong batch, string charged, Hash256 commitment);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Batch {Batch} is final")]
    private partial void LogFinal(ulong batch);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "The root of batch {Batch} is void; its charges go into the next one")]
    private partial void LogVoid(ulong batch);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "The root of batch {Batch} could not be posted; its charges go into the next one")]
    private partial void LogNotPosted(ulong batch);

    [LoggerMessage(EventId = 5, Level = LogLevel.Critical, Message = "Settlement has stopped: {Fault}")]
    private partial void LogAlarm(string fault);
}
