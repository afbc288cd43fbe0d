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

        var (exitCode, output, error) = await GridProcess.RunAsync(home.Path, "demo", "--json");

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

    private static void AssertBilled(JsonNode report)
    {
        var leases = report["leases"]!.AsArray();
        Assert.Equal(3, leases.Count);
        Assert.All(leases, lease =>
        {
            var (seconds, rate, charged) = ((long)lease!["seconds"]!, (long)lease["ratePerHour"]!, (long)lease["charged"]!);
            Assert.True(seconds >= 1);
            Assert.Equal(rate * seconds / 3600, charged);
        });
        Assert.Equal(["completed", "tenant", "tenant"], leases.Select(lease => (string)lease!["closeReason"]!));
        var balances = report["balances"]!;
        Assert.Equal((long)balances["before"]! - leases.Sum(lease => (long)lease!["charged"]!), (long)balances["after"]!);
    }
}
