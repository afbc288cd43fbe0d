using System.Net.Sockets;
using System.Text;
using Grid.Client;
using Grid.Protocol.Api;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Links;

public sealed class Relays
{
    [Fact]
    public async Task An_exposed_port_reaches_the_workload_until_the_lease_ends()
    {
        await using var world = await SiloWorld.StartAsync();
        await world.NodeAsync();
        using var tenant = await world.TenantAsync();
        var deployed = await tenant.DeployAsync(world.Manifest(Manifests.Web), new DeployOptions());

        var lease = await tenant.LeaseAsync(deployed.Deployment, "the port is open", static lease => lease.Ports.Count > 0);
        var port = Assert.Single(lease.Ports);

        Assert.Equal(("web", (ushort)8080), (port.Service, port.Port));
        Assert.Equal(new Uri($"http://{port.Host}:{port.ExternalPort}/"), tenant.UrlOf(port));
        var sent = new string('x', 1 << 20);
        Assert.Equal(sent, await EchoAsync(port, sent));
        Assert.Equal("again", await EchoAsync(port, "again"));

        await tenant.CloseAsync(deployed.Deployment);
        await tenant.LeaseAsync(deployed.Deployment, "it is closed", static lease => lease.Phase == LeasePhase.Closed && lease.Ports.Count == 0);
        await Assert.ThrowsAnyAsync<SocketException>(async () => await EchoAsync(port, "late"));
    }

    private static async Task<string> EchoAsync(ExposedPort port, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(port.Host!, port.ExternalPort!.Value);
        var stream = client.GetStream();
        var sending = SendAsync(client, Encoding.UTF8.GetBytes(text));
        using var reader = new StreamReader(stream);
        var echoed = await reader.ReadToEndAsync().InTime();
        await sending;
        return echoed;
    }

    private static async Task SendAsync(TcpClient client, byte[] bytes)
    {
        await client.GetStream().WriteAsync(bytes);
        client.Client.Shutdown(SocketShutdown.Send);
    }
}
