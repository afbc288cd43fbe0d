using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Microsoft.Extensions.Logging;

namespace Grid.Node.Link;

internal sealed partial class OperatorLink
{
    [LoggerMessage(300, LogLevel.Information, "Connected to the operator {Operator}, session epoch {Epoch}")]
    private partial void LogUp(Address @operator, long epoch);

    [LoggerMessage(301, LogLevel.Warning, "No link to the operator {Operator}: {Reason}")]
    private partial void LogDown(Address @operator, string reason);

    [LoggerMessage(302, LogLevel.Warning, "The operator {Operator} refuses this node ({Code}): {Reason}")]
    private partial void LogRefused(Address @operator, SessionRefusalCode code, string reason);

    [LoggerMessage(303, LogLevel.Error, "A proposal of {Operator} for lease {Lease} could not be judged")]
    private partial void LogNotJudged(Address @operator, LeaseId lease, Exception failure);
}
