using System.Net;
using Grid.Protocol.Link;
using Grid.Silo.Api;

namespace Grid.Silo.Links;

/// <summary>Where nodes dial in: a WebSocket, over TLS unless it comes from this machine.</summary>
internal sealed partial class LinkEndpoint(SessionServices services, ILogger<LinkEndpoint> log) : IDisposable
{
    private readonly SemaphoreSlim _handshakes = new(Limits.HandshakesAtOnce);

    public async Task<IResult> AcceptAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest) return Problems.Malformed("This address speaks the node link: connect by WebSocket.");
        if (!IsPrivate(http)) return Problems.Forbidden("A node link without TLS is taken from this machine only: connect by wss.");
        if (services.Drain.HasStarted) return Problems.Unavailable("The operator is shutting down.", Limits.RetryAfterMs);
        if (!await _handshakes.WaitAsync(0, http.RequestAborted)) return Problems.Unavailable($"{Limits.HandshakesAtOnce} nodes are connecting already.", Limits.RetryAfterMs);

        LinkConnection? link = null;
        try
        {
            link = await ShakeHandsAsync(http);
        }
        finally
        {
            _handshakes.Release();
        }

        if (link is not null) await ServeAsync(link, http);
        return Results.Empty;
    }

    public void Dispose() => _handshakes.Dispose();

    private static bool IsPrivate(HttpContext http) =>
        http.Request.IsHttps || (http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address));

    private async Task<LinkConnection?> ShakeHandsAsync(HttpContext http)
    {
        var socket = await http.WebSockets.AcceptWebSocketAsync();
        try
        {
            var identity = new LinkIdentity(services.Keys.Identity, services.Keys.Grid.Domain);
            return await LinkConnection.AcceptAsync(new WebSocketFramePipe(socket, services.Time), identity, services.Time, http.RequestAborted);
        }
        catch (LinkException refused)
        {
            LogHandshakeFailed(http.Connection.RemoteIpAddress, refused.Reason, refused.Message);
            return null;
        }
    }

    private async Task ServeAsync(LinkConnection link, HttpContext http)
    {
        await using (link)
        {
            using var session = new NodeSession(link, () => TcpRoundTrip.MeasureMs(http), services);
            await session.RunAsync();
        }
    }

    [LoggerMessage(505, LogLevel.Information, "A handshake from {Address} failed: {Reason} {Message}")]
    private partial void LogHandshakeFailed(IPAddress? address, LinkCloseReason reason, string message);
}
