using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Node.Challenges;
using Grid.Node.Leases;
using Grid.Protocol;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;

namespace Grid.Tests.Node.Challenges;

public sealed class KeptSightings : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grid-seen-").FullName;
    private readonly PrivateKey _operator = PrivateKey.Generate();
    private readonly NodeIdentity _node = new(PrivateKey.Generate(), GridDomain.Local, SealingKeyPair.Generate());

    [Fact]
    public void What_an_operator_signed_about_this_node_outlives_the_process()
    {
        var seen = new Seen(_node.Provider, 1_800_000_000).Sign(_operator, GridDomain.Local);

        Assert.True(new Sightings(_folder, _node).Keep(_operator.Address, seen));

        Assert.Equal([seen], new Sightings(_folder, _node).Of(_operator.Address));
        using var json = JsonDocument.Parse(Sightings.AllAsJson(_folder));
        Assert.Equal(1_800_000_000, json.RootElement[0].GetProperty("value").GetProperty("atUnixSeconds").GetInt64());
    }

    [Fact]
    public void What_is_no_evidence_is_not_kept()
    {
        var sightings = new Sightings(_folder, _node);
        using var stranger = PrivateKey.Generate();

        Assert.False(sightings.Keep(_operator.Address, new Seen(_node.Provider, 1).Sign(stranger, GridDomain.Local)));
        Assert.False(sightings.Keep(_operator.Address, new Seen(new ProviderId(stranger.Address), 1).Sign(_operator, GridDomain.Local)));
        Assert.Empty(sightings.Of(_operator.Address));
    }

    [Fact]
    public void A_line_that_a_power_cut_tore_costs_that_line_alone()
    {
        new Sightings(_folder, _node).Keep(_operator.Address, new Seen(_node.Provider, 1).Sign(_operator, GridDomain.Local));
        File.AppendAllText(Assert.Single(Directory.GetFiles(Path.Combine(_folder, "seen"))), "{\"value\":{\"prov");

        var after = new Sightings(_folder, _node);
        after.Keep(_operator.Address, new Seen(_node.Provider, 2).Sign(_operator, GridDomain.Local));

        Assert.Equal([1L, 2L], after.Of(_operator.Address).Select(static seen => seen.Value.AtUnixSeconds));
    }

    public void Dispose()
    {
        _operator.Dispose();
        _node.Key.Dispose();
        _node.Sealing.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
