using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Grid.Tests.Silo.Chain;

/// <summary>The way to a server that can be cut, as when a chain's endpoint is away.</summary>
internal sealed class CuttableWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _open = [];
    private readonly Uri _there;
    private readonly Task _accepting;
    private volatile bool _isCut;

    public CuttableWire(Uri there)
    {
        _there = there;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    public void Cut()
    {
        _isCut = true;
        foreach (var client in _open) client.Close();
    }

    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        Cut();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var here = await _listener.AcceptTcpClientAsync();
            if (_isCut) here.Close();
            else _ = JoinAsync(here);
        }
    }

    private async Task JoinAsync(TcpClient here)
    {
        var there = new TcpClient();
        _open.Add(here);
        _open.Add(there);
        try
        {
            await there.ConnectAsync(_there.Host, _there.Port);
            await Task.WhenAny(here.GetStream().CopyToAsync(there.GetStream()), there.GetStream().CopyToAsync(here.GetStream()));
        }
        catch (Exception cut) when (cut is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // As cables do.
        }
        finally
        {
            here.Close();
            there.Close();
        }
    }
}
