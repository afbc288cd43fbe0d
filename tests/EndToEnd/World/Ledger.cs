using Grid.CommandLine.LocalGrids;
using Grid.Protocol;
using Grid.Protocol.Api;

namespace Grid.Tests.EndToEnd.World;

/// <summary>Whether the money of a local grid adds up, to the micro-unit.</summary>
internal static class Ledger
{
    private const long Million = 1_000_000;

    /// <summary>When nothing is held any more: what the tenant paid is what the providers earned and what was burned.</summary>
    public static Task AssertConservedAsync(LocalGrid grid, params DeploymentStatus[] closed) => AssertConservedAsync(grid, grid.Operators[0], closed);

    /// <summary>The same with one operator of several: each keeps books of its own.</summary>
    public static async Task AssertConservedAsync(LocalGrid grid, LocalOperator known, DeploymentStatus[] closed)
    {
        var leases = closed.SelectMany(deployment => deployment.Orders).SelectMany(order => order.Leases).ToArray();
        foreach (var lease in leases) Assert.Equal(lease.RatePerHour.ChargeRoundedDown(lease.Seconds), lease.Charged);

        var tenant = await Eventually.Gives(() => known.Client.GetAccountAsync(grid.Tenant.Address), account => account.Held == Money.Zero, "everything is settled");
        var charged = leases.Aggregate(Money.Zero, static (sum, lease) => sum + lease.Charged);
        Assert.Equal(charged, tenant.Charged);
        Assert.Equal(tenant.Deposited - charged, tenant.Available);

        var burned = leases.Aggregate(Money.Zero, static (sum, lease) => sum + new Money(lease.Charged.MicroUnits * lease.FeePpm / Million));
        await Eventually.Gives(() => EarnedAsync(grid, known), earned => earned == charged - burned, $"the providers have earned {charged - burned}");
    }

    private static async Task<Money> EarnedAsync(LocalGrid grid, LocalOperator known)
    {
        var sum = Money.Zero;
        foreach (var node in grid.Nodes)
        {
            using var wallet = await grid.OpenWalletAsync(node);
            using var client = new Grid.Client.GridClient(known.Url, wallet, new Grid.Client.PinnedOperator(known.Address));
            sum += (await client.GetAccountAsync(wallet.Address)).Earned;
        }
        return sum;
    }
}
