using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Events;
using Grid.Client;
using Grid.CommandLine.Deployments;
using Grid.CommandLine.LocalGrids;
using Grid.CommandLine.Output;
using Grid.CommandLine.Slashing;
using Grid.Protocol;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.Demo;

/// <summary>
/// What the demo shows of the chain: a node dies in the middle of a lease, its operators see it, slash it, and the tenant is compensated; an honest node is
/// accused wrongly, and the contract dismisses the case; the operators settle, and a provider claims what it has earned.
/// </summary>
internal sealed class ChainStory(LocalGrid grid, LocalChain local, CommandOutput output, Steps steps)
{
    private readonly ChainBooks _books = new(grid, local);

    /// <summary>Places a service, and ends its machine with everything on it.</summary>
    public async Task<KilledLease> KillANodeAsync(CancellationToken cancellation)
    {
        output.Line();
        output.Line("── a node dies in the middle of a lease");
        var deployed = await grid.Client.DeployAsync(DemoSample.Service.Read(), new DeployOptions(), progress: null, cancellation);
        await Placement.WatchAsync(grid.Client, deployed.Deployment, steps, cancellation);
        var running = await Workloads.WaitForSecondsAsync(grid.Client, deployed.Deployment, Limits.DemoServiceSeconds, cancellation);
        var lease = Placement.CurrentLeases(running).Single();
        var node = grid.Nodes.Single(node => node.Provider == lease.Provider);
        await WaitUntilAsync(local.Deployment.GenesisUnixSeconds + Limits.ObservedSeconds, cancellation);
        await grid.KillAsync(node);
        var name = $"{node.Name} ({Words.Short(node.Provider)})";
        steps.Reached("killed", $"{name}, with the service on it; its operators will see that, while others go on");
        return new KilledLease(deployed.Deployment, lease.Lease, lease.Provider);
    }

    /// <summary>Waits until the operators have told the court of the dead node.</summary>
    /// <returns>The case.</returns>
    public async Task<Hash256> WaitForProposalAsync(KilledLease killed, CancellationToken cancellation)
    {
        output.Line();
        output.Line("── the dead node is slashed");
        var proposed = await WaitForEventAsync<CourtEvent.Proposed>(
            one => one.Lease == killed.Lease && one.Provider == killed.Provider, "the operators accuse the silent node", cancellation);
        var name = Words.Short(killed.Provider);
        steps.Reached("proposed", $"the operators attest that {name} was silent: {proposed.Amount} of its stake are held");
        return proposed.Id;
    }

    /// <summary>Waits until the court has taken the dead node's stake; the tenant collects.</summary>
    public async Task WaitForSlashAsync(Hash256 id, CancellationToken cancellation)
    {
        var executed = await WaitForEventAsync<CourtEvent.Executed>(one => one.Id == id, "the case is executed", cancellation);
        steps.Reached("slashed", $"{executed.Compensation} to the tenant, {executed.Reward} to the reporter, {executed.Burned} burned");
        if (executed.Compensation == Money.Zero)
            throw new GridException(GridErrorKind.BadAnswer, "the tenant of the dead node is not compensated.");
        var collecting = local.Deployment.SlashingCourt.Collect(grid.Tenant.Address);
        await local.SendAsync(grid.Tenant.Key, [("tenant: collect compensation", collecting)], cancellation);
        steps.Reached("collected", $"{executed.Compensation} by the tenant");
    }

    /// <summary>
    /// The operators' keys sign that a node was silent in seconds for which they had given it receipts: with these in hand, the contract
    /// dismisses the case.
    /// </summary>
    public async Task AccuseAsync(LeaseId lease, CancellationToken cancellation)
    {
        output.Line();
        output.Line("── an honest node is accused");
        var node = grid.Nodes.First(static node => !node.Program!.HasExited);
        var (court, domain) = (local.Deployment.SlashingCourt, local.Deployment.Domain);
        var receipts = await NodeReceipts.ReadAsync(node, grid, cancellation);
        // The newest block may be older than the newest receipt, and nothing that is still to come can be accused.
        var last = receipts.Max(static receipt => receipt.Value.AtUnixSeconds) - Limits.AccusedLateSeconds;
        var fault = new Fault(
            FaultKind.Downtime, node.Provider, lease, grid.Tenant.Address, last - Limits.AccusedSeconds, last, Money.Zero, grid.Operator);
        var votes = grid.Operators.Select(known => new OperatorVote(known.Address, fault.Sign(known.Key, domain).Signature));
        await local.SendAsync(grid.Tenant.Key, [("accuse an honest node", court.Propose(fault, votes))], cancellation);
        steps.Reached("accused", $"{node.Name} of {Limits.AccusedSeconds} s of silence, signed by {grid.Operators.Count} operators");

        var fitting = AppealReceipts.Fitting(receipts, node.Provider, fault.FromUnixSeconds, fault.ToUnixSeconds, domain);
        var mined = await local.SendAsync(grid.Tenant.Key, [("appeal", court.Appeal(fault.StructHash(), fitting))], cancellation);
        await WaitForEventAsync<CourtEvent.Dismissed>(one => one.Id == fault.StructHash(), "the contract dismisses the case", cancellation);
        steps.Reached("dismissed", $"by the contract, on the receipts of {fitting.Count} operators, {mined[0].GasUsed} gas");
    }

    /// <summary>Waits until final roots say what was charged; of each, one that has earned something claims it.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        output.Line();
        output.Line("── settlement");
        var claims = await Task.WhenAll(grid.Operators.Select(known => SettleAsync(known, cancellation)));
        // One key's transactions go out together.
        var byNode = claims.OfType<Claim>().GroupBy(static claim => claim.Node);
        await Task.WhenAll(byNode.Select(own => ClaimAsync(own.Key, [.. own], cancellation)));
    }

    /// <summary>The dead node stayed silent in later eras too, while its lease was paid for: until each of these cases is decided.</summary>
    public async Task WaitForVerdictsAsync(CancellationToken cancellation)
    {
        var decided = await WaitAsync(CasesAsync, static cases => cases.Open == 0, "every case is decided", cancellation);
        steps.Reached("decided", $"{decided.All} cases");

        async Task<(int All, int Open)> CasesAsync()
        {
            var told = (await _books.EventsAsync(cancellation)).Select(static one => one.Event).ToArray();
            var proposed = told.OfType<CourtEvent.Proposed>().Select(static one => one.Id).ToArray();
            var executed = told.OfType<CourtEvent.Executed>().Select(static one => one.Id);
            var ended = executed.Concat(told.OfType<CourtEvent.Dismissed>().Select(static one => one.Id));
            return (proposed.Length, proposed.Except(ended).Count());
        }
    }

    public Task<DemoChain> ReportAsync(CancellationToken cancellation) => _books.ReportAsync(cancellation);

    /// <returns>What somebody has earned under the operator's final root.</returns>
    private async Task<Claim?> SettleAsync(LocalOperator known, CancellationToken cancellation)
    {
        var charged = (await known.Client.GetAccountAsync(grid.Tenant.Address, cancellation)).Charged;
        if (charged == Money.Zero) return null;
        var root = await WaitAsync(
            () => FinalRootAsync(known, cancellation), root => root?.Charged >= charged, $"{known.Name} settles {charged}", cancellation);
        steps.Reached("settled", $"{known.Name}: {root!.Charged} of {root.LeaseCount} leases, root {Words.Short(root.Commitment())}");
        foreach (var node in grid.Nodes)
            if (await EarnedAsync(known, node, root, cancellation) is { } proof) return new Claim(known, node, proof);
        return null;
    }

    /// <returns>Null where there is nothing to claim.</returns>
    private async Task<ProviderProof?> EarnedAsync(LocalOperator known, LocalNode node, SettlementRoot root, CancellationToken cancellation)
    {
        using var wallet = await grid.OpenWalletAsync(node);
        using var client = new GridClient(known.Url, wallet, new PinnedOperator(known.Address));
        var proof = (await client.GetProviderSettlementAsync(wallet.Address, cancellation)).Final;
        return proof is not null && proof.Root == root && proof.Earned > Money.Zero && proof.Shows(wallet.Address) ? proof : null;
    }

    private async Task ClaimAsync(LocalNode node, IReadOnlyList<Claim> claims, CancellationToken cancellation)
    {
        using var wallet = await grid.OpenWalletAsync(node);
        var calls = claims.Select(claim =>
            ($"{node.Name}: claim from {claim.From.Name}", local.Deployment.Escrow.Claim(claim.From.Address, node.Provider, claim.Proof)));
        var mined = await local.SendAsync(wallet.Key, calls, cancellation);
        local.HandOver(wallet.Address);
        foreach (var (claim, transaction) in claims.Zip(mined))
            steps.Reached("claimed", $"{claim.Proof.Earned} by {node.Name} from {claim.From.Name}, {transaction.GasUsed} gas");
    }

    private static async Task<SettlementRoot?> FinalRootAsync(LocalOperator known, CancellationToken cancellation) =>
        (await known.Client.GetSettlementAsync(cancellation)).FinalRoot;

    private async Task<T> WaitForEventAsync<T>(Func<T, bool> isWanted, string what, CancellationToken cancellation)
        where T : ChainEvent =>
        (await WaitAsync(
            async () => (await _books.EventsAsync(cancellation)).Select(static one => one.Event).OfType<T>().FirstOrDefault(isWanted),
            static one => one is not null,
            what,
            cancellation))!;

    private static Task WaitUntilAsync(long unixSeconds, CancellationToken cancellation)
    {
        var left = DateTimeOffset.FromUnixTimeSeconds(unixSeconds) - TimeProvider.System.GetUtcNow();
        return left > TimeSpan.Zero ? Task.Delay(left, cancellation) : Task.CompletedTask;
    }

    private static async Task<T> WaitAsync<T>(Func<Task<T>> ask, Func<T, bool> isWanted, string what, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limits.ChainPatience);
        while (true)
        {
            var answer = await ask();
            if (isWanted(answer)) return answer;
            if (limit.IsCancellationRequested)
                throw new GridException(GridErrorKind.BadAnswer, $"Waited {Limits.ChainPatience.TotalSeconds} s in vain: {what}.");
            await Task.Delay(Limits.PollPause * 5, cancellation);
        }
    }

    private sealed record Claim(LocalOperator From, LocalNode Node, ProviderProof Proof);
}
