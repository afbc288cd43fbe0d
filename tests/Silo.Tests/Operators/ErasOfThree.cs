using System.Net;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol.Api;
using Grid.Protocol.Eras;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;
using Grid.Silo.Operators;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Operators;

/// <summary>Three silos on real sockets that find each other from a file, and one node that all of them hear.</summary>
public sealed class ErasOfThree
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Three_operators_commit_one_root_that_anybody_can_compute_again()
    {
        var peers = Path.GetTempFileName();
        var genesis = DateTimeOffset.UtcNow;
        var silos = new List<SiloWorld>();
        try
        {
            for (var i = 0; i < 3; i++) silos.Add(await SiloWorld.StartAsync(options => WithEras(options, genesis, peers)));
            await File.WriteAllLinesAsync(peers, silos.Select(static silo => $"{silo.OperatorKey.Address}={silo.Url}"));
            using var nodeKey = PrivateKey.Generate();
            var nodes = new List<FakeNode>();
            foreach (var silo in silos) nodes.Add(await silo.NodeAsync(world => new FakeNode(world.OperatorKey.Address, SiloWorld.Tick) { Key = PrivateKey.FromBytes(BytesOf(nodeKey)), ChallengeMib = 1 }));

            var clients = silos.Select(static silo => new GridClient(silo.Url, null, new PinnedOperator(silo.OperatorKey.Address))).ToArray();
            var (era, statuses) = await CommittedByAllAsync(clients);

            Assert.Single(statuses.Select(static status => status.Root).Distinct());
            var record = await clients[2].GetEraRecordAsync(statuses[0].Record!.Value);
            var row = Assert.Single(record.Rows);
            Assert.Equal((nodeKey.Address, true), (row.Leaf.Provider.Value, row.Leaf.UptimePpm > 0));
            await AssertSoundAsync(clients[0], era);

            // Each operator has signed that it heard the node, and had it show its memory.
            Assert.All(nodes.Zip(silos), static pair => Assert.True(ReceiptsOf(pair.First).All(seen => seen.IsSignedBy(pair.Second.OperatorKey.Address, GridDomain.Local))));
            Assert.All(nodes, static node => Assert.NotEmpty(ReceiptsOf(node)));
            var books = await Task.WhenAll(record.Operators.Select(entry => clients[0].GetEraBookAsync(entry.Book)));
            Assert.Contains(books, static book => book.Providers.Any(static provider => provider.ChallengesMade > 0));
            Assert.All(books.SelectMany(static book => book.Providers), static provider => Assert.Equal((provider.ChallengesMade, 0UL), (provider.ChallengesPassed, provider.Failed)));
        }
        finally
        {
            foreach (var silo in silos) await silo.DisposeAsync();
            File.Delete(peers);
        }
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_what_is_no_era_is_malformed()
    {
        await using var silo = await SiloWorld.StartAsync();

        await (await silo.Http.GetAsync("/v1/eras/18446744073709551615")).IsProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        await (await silo.Http.GetAsync("/v1/eras/-1")).IsProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Malformed);
        await (await silo.Http.GetAsync($"/v1/eras/files/{Hash256.Zero}")).IsProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        await (await silo.Http.GetAsync("/v1/eras/0/leaves")).IsProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    [Theory]
    [InlineData("0x00000000000000000000000000000000000000c8=https://operator.example", true)]
    [InlineData("0x00000000000000000000000000000000000000c8=ftp://operator.example", false)]
    [InlineData("0xc8=https://operator.example", false)]
    [InlineData("https://operator.example", false)]
    public void A_peer_is_an_address_and_a_web_address(string text, bool isPeer) => Assert.Equal(isPeer, OperatorPeer.TryParse(text, out _));

    private static Grid.Silo.Hosting.SiloOptions WithEras(Grid.Silo.Hosting.SiloOptions options, DateTimeOffset genesis, string peers) => options with
    {
        PeersFile = peers,
        Parameters = options.Parameters with { Genesis = genesis, Era = TimeSpan.FromSeconds(5), EraCommitWindowEras = 6 },
    };

    /// <summary>The first era that all have committed, with a leaf in it.</summary>
    private static async Task<(ulong Era, EraStatus[] Statuses)> CommittedByAllAsync(GridClient[] clients)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (true)
        {
            var last = (await Task.WhenAll(clients.Select(client => client.GetErasAsync(patience.Token)))).Min(static overview => overview.LastCommitted ?? 0);
            for (var era = last; era > 0; era--)
            {
                var number = era;
                var statuses = await Task.WhenAll(clients.Select(client => client.GetEraAsync(number, patience.Token)));
                if (statuses.All(static status => status.Stage == "final" && status.Record is not null)) return (era, statuses);
            }

            await Task.Delay(200, patience.Token);
        }
    }

    private static async Task AssertSoundAsync(GridClient client, ulong era)
    {
        var status = await client.GetEraAsync(era);
        var record = await client.GetEraRecordAsync(status.Record!.Value);
        var books = new List<(Hash256, ObservationBook)>();
        foreach (var entry in record.Operators.Where(static entry => !entry.Book.IsZero)) books.Add((entry.Book, await client.GetEraBookAsync(entry.Book)));
        var previous = record.Previous.IsZero ? null : await client.GetEraRecordAsync(record.Previous);

        var checks = EraVerification.Checks(status, await client.GetErasAsync(), record, record.Tree(), books, previous, GridDomain.Local);

        Assert.All(checks, static check => Assert.True(check.Holds, $"{check.Name}: {check.Detail}"));
    }

    private static Signed<Seen>[] ReceiptsOf(FakeNode node) => [.. node.Received.OfType<SeenReceipt>().Select(static receipt => receipt.Seen)];

    private static byte[] BytesOf(PrivateKey key)
    {
        var bytes = new byte[PrivateKey.SizeBytes];
        key.CopyTo(bytes);
        return bytes;
    }
}
