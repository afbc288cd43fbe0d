using System.Globalization;
using Grid.Node.Leases;
using Grid.Simulation;

namespace Grid.Tests.Simulation.Worlds;

/// <summary>Three operators with tenants of their own, who all want the same few machines.</summary>
public sealed class SeveralOperators
{
    private const int FewRuns = 10;
    private const int ManyRuns = 500;

    private static int Runs => Environment.GetEnvironmentVariable("GRID_LONG_TESTS") == "1" ? ManyRuns : FewRuns;

    [Fact]
    public void Nothing_is_sold_twice_lost_or_unpaid_whatever_three_operators_do_under_all_faults_together()
    {
        var broken = new SortedDictionary<ulong, string>();
        var refused = 0;
        Parallel.For(1, Runs + 1, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            using var world = new World(Crowded((ulong)seed));
            world.Run();
            lock (broken)
            {
                refused += world.All.Sum(static one => one.ProposalsRefusedAsBound);
                if (world.Violations.Count > 0) broken.Add((ulong)seed, world.Violations[0].ToString());
            }
        });

        Assert.True(broken.Count == 0, string.Create(CultureInfo.InvariantCulture, $"{broken.Count} of {Runs} seeds:\n") + string.Join('\n', broken.Values));
        Assert.True(refused > 0, "no operator ever came too late: the worlds are too empty to show anything");
    }

    [Fact]
    public void Each_of_them_leases_and_what_another_has_is_asked_for_in_vain_less_often_than_not()
    {
        using var world = new World(Crowded(3) with { Faults = FaultPlan.None });

        world.Run();

        Assert.Empty(world.Violations);
        Assert.All(world.All, static one => Assert.True(one.LeasesSettled > 10, $"{one.LeasesSettled} leases settled"));
        var (refused, settled) = (world.All.Sum(static one => one.ProposalsRefusedAsBound), world.All.Sum(static one => one.LeasesSettled));
        Assert.True(refused < settled, $"{refused} proposals were refused as bound already, {settled} leases settled");
    }

    [Fact]
    public void A_machine_is_sold_twice_where_its_node_keeps_a_ledger_for_each_operator()
    {
        var forgetful = new NodeRules
        {
            Judge = static (ledger, proposal, @operator, terms, domain, now) =>
            {
                var own = ledger.Leases.Where(lease => lease.Value.Operator != @operator).Select(static lease => lease.Key);
                return ProposalRules.Judge(ledger with { Leases = ledger.Leases.RemoveRange(own) }, proposal, @operator, terms, new NodeAbilities(true), domain, now);
            },
        };
        using var world = new World(Crowded(3) with { Faults = FaultPlan.None, Tampering = new Tampering { Node = forgetful } });

        world.Run();

        Assert.Contains(world.Violations, static violation => violation.Invariant is "INV-NODE-01" or "INV-GPU-02");
    }

    private static WorldOptions Crowded(ulong seed) => WorldOptions.Small(seed) with
    {
        Operators = 3,
        Providers = 2 + (int)(seed % 2),
        Tenants = 2,
        Duration = TimeSpan.FromMinutes(20),
        DeploymentEvery = TimeSpan.FromMinutes(2),
    };
}
