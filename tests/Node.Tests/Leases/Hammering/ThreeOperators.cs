using System.Text.Json;
using Grid.Node.Leases;

namespace Grid.Tests.Node.Leases.Hammering;

/// <summary>Whatever three operators do at the same time, and whenever the node dies, nothing of it is bound twice.</summary>
public sealed class ThreeOperators : IDisposable
{
    private const int Rounds = 8;
    private const int Steps = 150;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("grid-ledger-");

    [Fact]
    public async Task A_ledger_that_three_operators_hammer_binds_nothing_twice()
    {
        var seen = new Seen(Sample.Terms()) { Seed = Random.Shared.Next(10_000) };
        await using var host = await LedgerHost.OpenAsync(_directory.FullName);

        await Hammer.RunAsync(host.Node, seen.Seed, Steps, seen.Take);

        Assert.True(seen.Bindings > Steps / 5, $"only {seen.Bindings} leases were bound");
        AssertHolds(await host.Node.GetLedger(), seen);
    }

    [Fact]
    public async Task A_node_that_is_killed_between_a_binding_and_its_answer_keeps_what_it_answered_and_gives_no_token_twice()
    {
        var seen = new Seen(Sample.Terms());
        for (var round = 0; round < Rounds; round++)
        {
            seen.Seed = Random.Shared.Next(10_000);
            var lines = await KilledLedger.RunUntilDeadAsync(_directory.FullName, seen.Seed);
            AssertHolds(Ledger(lines[0]), seen);
            foreach (var line in lines.Skip(1)) seen.Take(line);
        }

        Assert.True(seen.Bindings > Rounds, $"only {seen.Bindings} leases were bound");
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static void AssertHolds(NodeLedger ledger, Seen seen)
    {
        seen.AssertFits(ledger.Bound, "the ledger");
        foreach (var (lease, (token, bindings)) in seen.Bound)
        {
            var kept = ledger.Leases.GetValueOrDefault(lease);
            Assert.True(kept is not null, $"seed {seen.Seed}: {lease} was accepted and is not in the ledger");
            Assert.Equal((token, bindings.Hash()), (kept.Token.Value, kept.Bindings.Hash()));
            Assert.True(token <= ledger.LastToken.Value);
        }
    }

    private static NodeLedger Ledger(string line) => JsonSerializer.Deserialize(line["ledger ".Length..], NodeStateJson.Default.NodeState)!.Ledger;
}
