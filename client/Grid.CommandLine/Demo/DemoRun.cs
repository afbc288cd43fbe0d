using Grid.Client;
using Grid.CommandLine.Deployments;
using Grid.CommandLine.LocalGrids;
using Grid.CommandLine.Matches;
using Grid.CommandLine.Output;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.Demo;

/// <summary>Takes each sample through its whole life, and notes what a reader of the report wants to check.</summary>
internal sealed class DemoRun(CommandOutput output, Steps steps)
{
    private readonly List<DemoOrder> _orders = [];
    private readonly List<DemoLease> _leases = [];
    private readonly List<DemoArtifact> _artifacts = [];
    private DemoBalances? _balances;
    private DemoChain? _chain;
    private DemoMarket? _market;

    public DemoReport Report(string? error, string? logs) =>
        new(error is null, _orders, _leases, _artifacts, _balances, _chain, Math.Round(steps.Elapsed.TotalSeconds, 1), error, logs,
        _market);

    /// <exception cref="GridException">Something is not as it must be.</exception>
    public async Task RunAsync(LocalGrid grid, CancellationToken cancellation)
    {
        var before = await AccountsAsync(grid, cancellation);
        var story = grid.Chain is { } chain ? new ChainStory(grid, chain, output, steps) : null;
        var killed = default(KilledLease);
        foreach (var (i, sample) in DemoSample.All.Index())
        {
            var known = grid.Operators[i % grid.Operators.Count];
            await Candidates.WaitAsync(known.Client, sample.Read(), grid.Nodes.Count(static node => !node.Program!.HasExited), cancellation);
            await ShowAsync(known, sample, cancellation);
            // What follows from it takes eras: the other samples run meanwhile.
            if (i == 0 && story is not null) killed = await story.KillANodeAsync(cancellation);
        }

        await ShowMarketAsync(grid, cancellation);
        if (story is not null && killed is not null) await ShowAsync(story, killed, grid, cancellation);
        await BalanceAsync(grid, before, cancellation);
        if (story is not null) await SettleAsync(story, cancellation);
    }

    private async Task ShowAsync(ChainStory story, KilledLease killed, LocalGrid grid, CancellationToken cancellation)
    {
        await story.AccuseAsync(killed.Lease, cancellation);
        var id = await story.WaitForProposalAsync(killed, cancellation);
        // Its copy on another node has replaced it long since, and has shown what it can.
        await grid.Client.CloseAsync(killed.Deployment, cancellation);
        await BillAsync(grid.Operators[0], DemoSample.Service, killed.Deployment, cancellation);
        await story.WaitForSlashAsync(id, cancellation);
    }

    private async Task ShowMarketAsync(LocalGrid grid, CancellationToken cancellation)
    {
        var market = new MarketStory(grid, output, steps);
        var (price, moved) = await market.MoveAPriceAsync(cancellation);
        await BillAsync(grid.Operators[0], MarketStory.Sample, moved, cancellation);
        var (standing, waited) = await market.LetAnOrderStandAsync(cancellation);
        await BillAsync(grid.Operators[0], MarketStory.Sample, waited, cancellation);
        _market = new DemoMarket(price, standing);
    }

    private async Task SettleAsync(ChainStory story, CancellationToken cancellation)
    {
        await story.SettleAsync(cancellation);
        await story.WaitForVerdictsAsync(cancellation);
        _chain = await story.ReportAsync(cancellation);
        TransactionTable.Show(_chain, output);
        if (!_chain.Conserved) throw new GridException(GridErrorKind.BadAnswer, "the chain's books and the operators' do not agree.");
    }

    private static Task<AccountStatus[]> AccountsAsync(LocalGrid grid, CancellationToken cancellation) =>
        Task.WhenAll(grid.Operators.Select(known => known.Client.GetAccountAsync(grid.Tenant.Address, cancellation)));

    /// <summary>What one operator's tenant pays is what its leases cost, and no other operator's money.</summary>
    private async Task BalanceAsync(LocalGrid grid, IReadOnlyList<AccountStatus> before, CancellationToken cancellation)
    {
        output.Line();
        foreach (var (known, had) in grid.Operators.Zip(before))
        {
            var has = await SettledAccount.WaitAsync(known.Client, grid.Tenant.Address, cancellation);
            _balances = DemoBalances.Of(had, has).With(_balances);
            var leases = _leases.Where(lease => lease.Operator == known.Address);
            var charged = leases.Aggregate(Money.Zero, static (sum, lease) => sum + lease.Charged);
            output.Line($"{known.Name}: {had.Available} before − {charged} charged = {has.Available} after");
            if (had.Available - charged != has.Available)
                throw new GridException(
                    GridErrorKind.BadAnswer,
                    $"the money at {known.Name} does not add up: {had.Available} before, {charged} charged, {has.Available} after.");
        }
    }

    private async Task ShowAsync(LocalOperator known, DemoSample sample, CancellationToken cancellation)
    {
        output.Line();
        output.Line($"── {sample.Name}: {sample.Title}");
        var client = known.Client;
        var deployed = await client.DeployAsync(sample.Read(), new DeployOptions(), new Reached(steps), cancellation);
        var placed = await Placement.WatchAsync(client, deployed.Deployment, steps, cancellation);
        if (Placement.Current(placed).FirstOrDefault(static order => order.StartMs is null) is { } stuck)
            throw new GridException(
                GridErrorKind.Refused,
                $"order {stuck.Order} of '{sample.Name}' was not started: {Words.Enum(stuck.Phase)}{ReasonOf(stuck)}. {stuck.Message ?? placed.Message}");
        await ExplainAsync(client, sample, placed, cancellation);

        if (sample.Request is null) await FinishAsync(client, sample, placed, cancellation);
        else await AskAsync(client, sample, placed, cancellation);
        await client.CloseAsync(deployed.Deployment, cancellation);
        await BillAsync(known, sample, deployed.Deployment, cancellation);
    }

    private static string ReasonOf(OrderStatus order)
    {
        if (order.Leases is not [.., { CloseReason: { } reason } lease]) return "";
        var workloads = lease.Workloads.Select(static workload => $"; {workload.Service} {Words.Enum(workload.Phase)} {workload.Message}");
        return $" ({Words.Enum(reason)}{string.Concat(workloads)})";
    }

    private async Task ExplainAsync(GridClient client, DemoSample sample, DeploymentStatus placed, CancellationToken cancellation)
    {
        foreach (var order in Placement.Current(placed))
        {
            var match = (await client.ExplainAsync(order.Order, verify: true, cancellation)).Explanation;
            MatchView.Show(match, output);
            _orders.Add(new DemoOrder(order.Order, sample.Name, order.Candidates, order.Chosen!.Value, order.MatchMs ?? 0, order.StartMs ?? 0, match.Differences is []));
            if (match.Differences is not []) throw new GridException(GridErrorKind.BadAnswer, $"the match record of order {order.Order} does not hold: {string.Join(' ', match.Differences!)}");
        }
    }

    /// <summary>A batch job: its output as it comes, then its results.</summary>
    private async Task FinishAsync(GridClient client, DemoSample sample, DeploymentStatus placed, CancellationToken cancellation)
    {
        await LogFollowing.ShowAsync(client, placed, follow: true, output.Text, cancellation);
        var ended = await Workloads.WaitForEndAsync(client, placed.Deployment, cancellation);
        steps.Reached("ended", "exit code 0");
        using var folder = new TemporaryFolder();
        var files = await ArtifactFetching.FetchAllAsync(client, ended, folder.Path, cancellation);
        if (files.Count == 0) throw new GridException(GridErrorKind.BadAnswer, $"'{sample.Name}' ended without its result.");
        foreach (var file in files)
        {
            if (!(await File.ReadAllTextAsync(file.Path, cancellation)).Contains(sample.Expected, StringComparison.Ordinal))
                throw new GridException(GridErrorKind.BadAnswer, $"The result {file.Name} of '{sample.Name}' does not contain '{sample.Expected}'.");
            _artifacts.Add(new DemoArtifact(file.Name, file.Sha256, file.Bytes));
            steps.Reached("fetched", $"{file.Name}, {file.Bytes} bytes, sha256 {file.Sha256}");
        }
    }

    /// <summary>A service: one answer over HTTP.</summary>
    private async Task AskAsync(GridClient client, DemoSample sample, DeploymentStatus placed, CancellationToken cancellation)
    {
        var (url, answer) = await ExposedService.AskAsync(client, placed.Deployment, sample.Request!, cancellation);
        steps.Reached("answered", $"GET {url}: {answer.TrimEnd()}");
        if (!answer.Contains(sample.Expected, StringComparison.Ordinal))
            throw new GridException(GridErrorKind.BadAnswer, $"{url} answered '{answer.TrimEnd()}', expected '{sample.Expected}'.");
        var running = await Workloads.WaitForSecondsAsync(client, placed.Deployment, Limits.DemoServiceSeconds, cancellation);
        await LogFollowing.ShowAsync(client, running, follow: false, output.Text, cancellation);
    }

    private async Task BillAsync(LocalOperator known, DemoSample sample, DeploymentId deployment, CancellationToken cancellation)
    {
        var client = known.Client;
        DeploymentStatus? closed = null;
        await foreach (var status in client.WatchAsync(deployment, cancellation)) closed = status;
        var bill = Tables.Of("lease", "provider", "seconds#", "rate#", "charged#", "closed because");
        foreach (var lease in closed!.Orders.SelectMany(order => order.Leases))
        {
            if (await FaultOfBillAsync(client, lease, cancellation) is { } fault) throw new GridException(GridErrorKind.BadAnswer, $"the bill of lease {lease.Lease} does not hold: {fault}");
            bill.Row(Words.Short(lease.Lease), Words.Short(lease.Provider), $"{lease.Seconds}", Words.Rate(lease.RatePerHour), $"{lease.Charged}", Words.Enum(lease.CloseReason ?? CloseReason.None));
            var reason = lease.CloseReason ?? CloseReason.None;
            _leases.Add(new DemoLease(
                lease.Lease, sample.Name, known.Address, lease.Provider, lease.Seconds, lease.RatePerHour, lease.Charged, reason));
        }
        steps.Reached("closed", "the bill:");
        output.Console.Write(bill);
    }

    /// <returns>What is wrong with a bill; null where nothing is.</returns>
    private static async Task<string?> FaultOfBillAsync(GridClient client, LeaseStatus lease, CancellationToken cancellation)
    {
        var charge = lease.RatePerHour.ChargeRoundedDown(lease.Seconds);
        if (lease.Charged != charge) return $"{lease.Charged} is charged; {lease.Seconds} s at {Words.Rate(lease.RatePerHour)} make {charge}.";
        var info = await client.GetOperatorAsync(cancellation);
        var faults = ReceiptVerification.Verify(await client.GetReceiptsAsync(lease.Lease, cancellation), info.Operator, info.Domain());
        return faults.IsEmpty ? null : string.Join(' ', faults);
    }

    private sealed class Reached(Steps steps) : IProgress<DeployProgress>
    {
        public void Report(DeployProgress value) => steps.Reached(value.Step, value.Detail);
    }
}
