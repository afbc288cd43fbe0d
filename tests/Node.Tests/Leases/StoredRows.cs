using System.Text.Json;
using System.Text.Json.Nodes;
using Grid.Node.Leases;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;

namespace Grid.Tests.Node.Leases;

public sealed class StoredRows
{
    [Fact]
    public void A_row_is_read_as_it_was_written()
    {
        using var node = new NodeWorld();
        node.Run(Sample.OperatorA, 1);
        node.PassHeardBy(Sample.OperatorA, 2);
        node.Ended(1, outputs: [new WorkloadOutput("model", ContentHash.OfUtf8("model"), 5)]);
        var state = new NodeState { Ledger = node.Stored, OfferVersion = 3, OfferTermsHash = ContentHash.OfUtf8("terms") };

        var text = JsonSerializer.Serialize(state, NodeStateJson.Default.NodeState);

        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize(text, NodeStateJson.Default.NodeState), NodeStateJson.Default.NodeState));
    }

    [Fact]
    public void A_row_that_was_written_before_a_field_was_added_is_read()
    {
        using var node = new NodeWorld();
        node.Run(Sample.OperatorA, 1);
        var row = JsonNode.Parse(JsonSerializer.Serialize(new NodeState { Ledger = node.Stored }, NodeStateJson.Default.NodeState))!;
        var lease = row["ledger"]!["leases"]![Sample.Lease(1).ToString()]!.AsObject();
        foreach (var later in new[] { "copies", "images", "ends", "lastProvenance", "billedSeconds", "heard", "tickMs", "authorization" }) lease.Remove(later);

        var read = row.Deserialize(NodeStateJson.Default.NodeState)!.Ledger.Leases[Sample.Lease(1)];

        Assert.Equal((1, 0, 0, NodeLeasePhase.Running), (read.Copies, read.Images.Count, read.Ends.Count, read.Phase));
        Assert.Equal((null, 1000), (read.Heard, read.TickMs));
        Assert.Equal((null, null), (read.Authorization, read.Evidence));
    }
}
