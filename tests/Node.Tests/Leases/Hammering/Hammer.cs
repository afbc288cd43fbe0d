using Grid.Chain.Crypto;
using Grid.Node.Leases;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.Tests.Node.Leases.Hammering;

/// <summary>Three operators that propose, open, close and repeat at the same time, each drawing from a seed of its own.</summary>
internal static class Hammer
{
    private static readonly PrivateKey[] s_operators = [Sample.OperatorA, Sample.OperatorB, PrivateKey.FromBytes(ContentHash.OfUtf8("operator c").ToByteArray())];
    private static readonly long s_expiry = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();

    /// <param name="say">Called for one line after another.</param>
    public static Task RunAsync(INodeGrain node, int seed, int steps, Action<string> say)
    {
        var gate = new Lock();
        void Say(string line)
        {
            lock (gate) say(line);
        }

        return Task.WhenAll(s_operators.Select((key, index) => Task.Run(() => RunAsync(node, key, (seed * s_operators.Length) + index, steps, Say))));
    }

    private static async Task RunAsync(INodeGrain node, PrivateKey key, int seed, int steps, Action<string> say)
    {
        var random = new Random(seed);
        var ledger = await node.GetLedger();
        var mine = ledger.Leases.Values.Where(lease => lease.Operator == key.Address).Select(static lease => (lease.Acceptance, Again: (Proposal?)null)).ToList();
        for (var step = 0; step < steps; step++)
        {
            if (mine.Count > 0 && random.Next(2) == 0)
            {
                var at = random.Next(mine.Count);
                if (mine[at].Again is { } again && random.Next(3) == 0)
                {
                    Assert.Equal(mine[at].Acceptance, (await node.Propose(key.Address, again)).Accepted);
                    continue;
                }

                await ReleaseAsync(node, key, mine[at].Acceptance.Value, random.Next(2) == 0 ? mine[at].Acceptance : null, say);
                mine.RemoveAt(at);
                continue;
            }

            var proposal = Sample.Proposal(key, (seed * 10_000) + step, bindings: Draw(random), expiry: s_expiry);
            var answer = await node.Propose(key.Address, proposal);
            if (answer.Accepted is not { } accepted) continue;
            say(Seen.BoundLine(accepted, answer.Bindings!));
            mine.Add((accepted, proposal));
        }
    }

    private static async Task ReleaseAsync(INodeGrain node, PrivateKey key, Acceptance accepted, Signed<Acceptance>? opened, Action<string> say)
    {
        if (opened is not null) await node.Take(key.Address, Sample.Open(key, opened, 60));
        say(Seen.ReleasingLine(accepted.Lease));
        await node.Take(key.Address, Sample.Close(key, accepted.Lease, 0));
        await node.Take(key.Address, new Release(accepted.Lease, accepted.Token));
    }

    private static Bindings Draw(Random random)
    {
        BoundDevice[] devices = random.Next(3) switch
        {
            0 => [],
            1 => [new BoundDevice($"GPU-{random.Next(1, 3)}", random.Next(1, 6) * 200)],
            _ => [new BoundDevice("GPU-1", random.Next(1, 3) * 500), new BoundDevice("GPU-2", random.Next(1, 3) * 500)],
        };
        var ports = Enumerable.Range(0, random.Next(4)).Select(static port => new BoundPort("job", (ushort)(8000 + port)));
        return new Bindings(devices, random.Next(5, 16) * 100, random.Next(64, 1500), new StorageAmounts(random.Next(4000), 0, 0, 0), [.. ports]);
    }
}
