using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Settlement;
using Grid.Tests.Node.Leases;

namespace Grid.Tests.Node.Link;

/// <summary>What a node keeps of its operators' roots, so that it can claim without them.</summary>
[Collection(WholeNode.OneAtATime)]
public sealed class KeptEarnings
{
    [Fact]
    public async Task A_node_keeps_what_roots_say_that_it_has_earned_and_nothing_that_proves_nothing()
    {
        await using var @operator = await FakeOperator.StartAsync(Sample.OperatorA);
        await using var node = await WholeNode.StartAsync(@operator);
        await @operator.HelloAsync();
        var (first, second) = (Proof(100), Proof(250));
        var path = Path.Combine(node.DataDirectory, "earnings", $"{Sample.OperatorA.Address}.json");

        await @operator.SayAsync(new SettlementShown(first with { Earned = first.Earned + new Money(1) }));
        await @operator.SayAsync(new SettlementShown(first));
        await @operator.SayAsync(new SettlementShown(first));
        await @operator.SayAsync(new SettlementShown(second));

        var deadline = TimeProvider.System.GetTimestamp();
        while (Read(path) is not { Count: 2 } && TimeProvider.System.GetElapsedTime(deadline) < FakeOperator.Patience)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal([first.Root, second.Root], Read(path)!.Select(static proof => proof.Root));
        Assert.All(Read(path)!, static proof => Assert.True(proof.Shows(Sample.NodeKey.Address)));
    }

    private static IReadOnlyList<ProviderProof>? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), GridJsonContext.Default.KeptEarnings)?.Proofs;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static ProviderProof Proof(long earned)
    {
        var payer = new PayerLeaf(Sample.OperatorB.Address, new Money(1_000), Money.Zero, 1, Keccak256.Hash("authorization"u8));
        return new SettlementTrees([payer], [new ProviderLeaf(Sample.OperatorB.Address, new Money(7)), new ProviderLeaf(Sample.NodeKey.Address, new Money(earned))], []).ProviderAt(1);
    }
}
