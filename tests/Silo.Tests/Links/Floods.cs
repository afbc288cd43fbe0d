using System.Net.WebSockets;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Links;

public sealed class Floods
{
    private const int HandshakesAtOnce = 64;

    [Fact]
    public async Task Dial_ins_that_never_shake_hands_do_not_keep_the_silo_from_answering_and_are_turned_away_beyond_the_bound()
    {
        await using var world = await SiloWorld.StartAsync();
        var idle = new List<ClientWebSocket>();
        try
        {
            for (var i = 0; i < HandshakesAtOnce; i++)
            {
                var socket = new ClientWebSocket();
                idle.Add(socket);
                await socket.ConnectAsync(world.NodeLink, CancellationToken.None).InTime();
            }

            using var late = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
            await Assert.ThrowsAsync<WebSocketException>(() => late.ConnectAsync(world.NodeLink, CancellationToken.None).InTime());

            Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, late.HttpStatusCode);
            Assert.True(late.HttpResponseHeaders!.ContainsKey("Retry-After"));
            Assert.Equal("ready\n", await world.Http.GetStringAsync("/readyz"));
        }
        finally
        {
            foreach (var socket in idle) socket.Dispose();
        }

        await Until.Is("a node gets in again", () => GetsInAsync(world), static isIn => isIn);
    }

    private static async Task<bool> GetsInAsync(SiloWorld world)
    {
        try
        {
            await world.NodeAsync();
            return true;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }
}
