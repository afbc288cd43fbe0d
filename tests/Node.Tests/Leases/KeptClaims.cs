using Grid.Protocol.Link.Messages;

namespace Grid.Tests.Node.Leases;

/// <summary>What a node can claim by, should its operator vanish.</summary>
public sealed class KeptClaims
{
    [Fact]
    public void Each_receipt_is_kept_with_what_proves_it_and_outlives_the_lease()
    {
        using var node = new NodeWorld();
        var lease = node.Run(Sample.OperatorA, 1);
        Assert.Empty(node.Claims);

        node.PassHeardBy(Sample.OperatorA, 3);
        var first = node.Claims[Sample.Lease(1)];
        Assert.Null(first.Refusal(Sample.Domain));
        Assert.Equal(node.Lease(1).LastReceipt, first.Receipt);
        node.Countersign(Sample.OperatorA);
        node.PassHeardBy(Sample.OperatorA, 3);
        var last = node.Claims[Sample.Lease(1)];
        Assert.True(last.Receipt.Value.Seconds > first.Receipt.Value.Seconds, $"{last.Receipt.Value} after {first.Receipt.Value}");

        node.Tell(grain => grain.Take(Sample.OperatorA.Address, new Release(Sample.Lease(1), lease.Token)));
        Assert.DoesNotContain(Sample.Lease(1), node.Stored.Leases.Keys);
        Assert.Equal(last, node.Claims[Sample.Lease(1)]);
    }
}
