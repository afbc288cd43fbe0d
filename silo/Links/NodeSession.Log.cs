using Grid.Protocol;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;

namespace Grid.Silo.Links;

internal sealed partial class NodeSession
{
    private void LogConnected(ProviderId provider, long epoch, int leases) => LogConnected(Log, provider, epoch, leases);

    private void LogDisconnected(ProviderId provider, long epoch, LinkCloseReason? reason, string? message) => LogDisconnected(Log, provider, epoch, reason, message);

    private void LogRefused(ProviderId provider, SessionRefusalCode code, string message) => LogRefused(Log, provider, code, message);

    private void LogIgnored(ProviderId provider, string type) => LogIgnored(Log, provider, type);

    private void LogCallFailed(string call, ProviderId provider, LeaseId lease, Exception failure) => LogCallFailed(Log, call, provider, lease, failure);

    [LoggerMessage(500, LogLevel.Information, "Node {Provider} is connected with epoch {Epoch}; {Leases} leases")]
    private static partial void LogConnected(ILogger log, ProviderId provider, long epoch, int leases);

    [LoggerMessage(501, LogLevel.Information, "Node {Provider} of epoch {Epoch} is gone: {Reason} {Message}")]
    private static partial void LogDisconnected(ILogger log, ProviderId provider, long epoch, LinkCloseReason? reason, string? message);

    [LoggerMessage(502, LogLevel.Information, "Node {Provider} is refused: {Code} {Message}")]
    private static partial void LogRefused(ILogger log, ProviderId provider, SessionRefusalCode code, string message);

    [LoggerMessage(503, LogLevel.Debug, "Node {Provider} sent a {Type}, which is ignored")]
    private static partial void LogIgnored(ILogger log, ProviderId provider, string type);

    [LoggerMessage(504, LogLevel.Warning, "{Call} for node {Provider} and lease {Lease} failed; it is tried again")]
    private static partial void LogCallFailed(ILogger log, string call, ProviderId provider, LeaseId lease, Exception failure);
}
