using System.Text.Json.Nodes;
using Grid.Tests.EndToEnd.World;

namespace Grid.Tests.EndToEnd.Programs;

/// <summary><c>grid demo --json</c> from outside: its shape, and what must hold of what it says.</summary>
public sealed class Demo
{
    [Fact]
    public async Task Three_samples_run_answer_and_are_billed()
    {
        using var home = new TemporaryFolder();

        var (exitCode, output, error) = await GridProcess.RunAsync(home.Path, "demo", "--ledger", "local", "--json");

        Assert.True(exitCode == 0, error);
        var report = JsonNode.Parse(output)!;
        Assert.True((bool)report["ok"]!);
        var orders = report["orders"]!.AsArray();
        Assert.Equal(3, orders.Count);
        Assert.All(orders, order =>
        {
            Assert.True((int)order!["candidates"]! >= 3);
            Assert.True((bool)order["verified"]!);
            Assert.True((long)order["matchMs"]! >= 0);
            Assert.True((long)order["startMs"]! >= (long)order["matchMs"]!);
            Assert.Matches("^0x[0-9a-f]{64}$", (string)order["id"]!);
            Assert.Matches("^0x[0-9a-fA-F]{40}$", (string)order["chosen"]!);
        });
        AssertBilled(report);
        Assert.Matches("^0x[0-9a-f]{64}$", (string)Assert.Single(report["artifacts"]!.AsArray())!["sha256"]!);
    }

    [Fact]
    public async Task On_a_chain_a_dead_node_is_slashed_a_wrong_accusation_is_dismissed_and_what_was_earned_is_claimed()
    {
        using var home = new TemporaryFolder();

        var (exitCode, output, error) = await GridProcess.RunAsync(home.Path, "demo", "--json");

        Assert.True(exitCode == 0, error);
        var report = JsonNode.Parse(output)!;
        Assert.All(report["orders"]!.AsArray(), static order => Assert.True((int)order!["candidates"]! >= 3));
        AssertBalanced(report);
        var chain = report["chain"]!;
        Assert.True((bool)chain["conserved"]!);
        Assert.True(chain["deployments"]!.AsArray().Count >= 8);
        Assert.All(chain["transactions"]!.AsArray(), static one => Assert.True((long)one!["gas"]! >= 21_000, (string)one["name"]!));
        Assert.NotEmpty(chain["eras"]!.AsArray());
        Assert.All(chain["eras"]!.AsArray(), static era =>
        {
            Assert.True((int)era!["signatures"]! >= 3);
            Assert.True((int)era["leaves"]! >= 1);
            Assert.Matches("^0x[0-9a-f]{64}$", (string)era["root"]!);
            Assert.Matches("^0x[0-9a-f]{64}$", (string)era["tx"]!);
        });
        var slashes = chain["slashes"]!.AsArray();
        Assert.Contains(slashes, static one => (string)one!["outcome"]! == "executed" && (long)one["compensation"]! > 0);
        Assert.Contains(slashes, static one => (string)one!["outcome"]! == "dismissed");
        Assert.Contains(chain["settlements"]!.AsArray(), static one => (int)one!["leases"]! >= 1 && (long)one["total"]! > 0);
        Assert.Contains(chain["transactions"]!.AsArray(), static one => ((string)one!["name"]!).Contains("claim", StringComparison.Ordinal));
    }

    private static void AssertBalanced(JsonNode report)
    {
        var (leases, balances) = (report["leases"]!.AsArray(), report["balances"]!);
        Assert.All(leases, static lease => Assert.Equal((long)lease!["ratePerHour"]! * (long)lease["seconds"]! / 3600, (long)lease["charged"]!));
        Assert.Equal((long)balances["before"]! - leases.Sum(static lease => (long)lease!["charged"]!), (long)balances["after"]!);
    }

    private static void AssertBilled(JsonNode report)
    {
        AssertBalanced(report);
        // Those of the samples; what the market's story leases comes behind them.
        var leases = report["leases"]!.AsArray().Take(3).ToArray();
        Assert.All(leases, static lease => Assert.True((long)lease!["seconds"]! >= 1));
        Assert.Equal(["completed", "tenant", "tenant"], leases.Select(static lease => (string)lease!["closeReason"]!));
    }
}
