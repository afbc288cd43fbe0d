using System.Collections.Concurrent;
using System.Diagnostics;
using Grid.Bench.Runtime;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Bench.Orders;

/// <summary>The way of an order through all grains on a live silo: authorization, match, holds, the node's acceptance, the open lease.</summary>
internal static class OrdersBench
{
    private const int OneTenantOrders = 200;

    /// <summary>Orders of each tenant before anything is measured.</summary>
    private const int WarmUpRounds = 2;

    /// <summary>Written after the lease is open: the order's own record of it, and its provider's confirmation.</summary>
    private const int RowsAfterOpen = 2;

    private static readonly TimeSpan ReferenceTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(10);

    public static async Task<OrdersBenchResult> RunAsync(int providers, int tenantCount, int orders)
    {
        var waiting = new ConcurrentDictionary<DeploymentId, TaskCompletionSource>();
        var leases = new ConcurrentDictionary<DeploymentId, int>();
        await using var bench = new BenchOperator();
        await bench.StartAsync();
        var nodes = Enumerable.Range(0, providers).Select(i => new BenchNode(bench, i, Opened)).ToArray();
        await Task.WhenAll(nodes.Select(static node => node.ConnectAsync()));
        var tenants = Enumerable.Range(0, tenantCount).Select(_ => new BenchTenant(bench)).ToArray();
        var alone = new BenchTenant(bench);
        var perTenant = Math.Max(1, orders / tenantCount);
        await Task.WhenAll(tenants.Select(tenant => tenant.PrepareAsync(perTenant + WarmUpRounds)));
        await alone.PrepareAsync(OneTenantOrders);

        // The accounts are opened, and what runs often is compiled for good, as it is in a silo that has run for a minute.
        for (var i = 0; i < WarmUpRounds; i++) await Task.WhenAll(tenants.Select(tenant => OrderAsync(tenant))).WaitAsync(LongestRun);

        var rows = bench.RowsWritten;
        var allocated = GC.GetTotalAllocatedBytes();
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(tenants.Select(EachAsync)).WaitAsync(LongestRun);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var made = perTenant * tenantCount;
        var cpuUsPerOrder = Math.Round((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / made);
        var bytesPerOrder = (GC.GetTotalAllocatedBytes() - allocated) / made;
        var rowsPerOrder = (double)(bench.RowsWritten - rows) / made;

        start = Stopwatch.GetTimestamp();
        for (var i = 0; i < OneTenantOrders; i++) await OrderAsync(alone).WaitAsync(LongestRun);
        var aloneSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        var conserved = await Task.WhenAll(tenants.Append(alone).Select(static tenant => tenant.IsConservedAsync()));
        var recovers = RecoversPerSecond();
        var sorted = latencies.SelectMany(static each => each).Order().ToArray();
        return new OrdersBenchResult(
            providers, tenantCount, made, (long)(made / seconds), (long)(OneTenantOrders / aloneSeconds), Math.Round(rowsPerOrder - RowsAfterOpen, 2), Math.Round(rowsPerOrder, 2), cpuUsPerOrder, bytesPerOrder,
            Math.Round(sorted[sorted.Length / 2], 1), Math.Round(sorted[sorted.Length * 99 / 100], 1),
            leases.Values.Count(static count => count > 1) + nodes.Count(static node => node.IsOversold), Array.TrueForAll(conserved, static isConserved => isConserved),
            new OrdersReference(recovers, SqliteReference.Run(ReferenceTime), Math.Round(1000 * made / seconds / recovers, 1)));

        void Opened(DeploymentId deployment, LeaseId lease)
        {
            leases.AddOrUpdate(deployment, 1, static (_, count) => count + 1);
            if (waiting.TryGetValue(deployment, out var order)) order.TrySetResult();
        }

        async Task<List<double>> EachAsync(BenchTenant tenant)
        {
            var each = new List<double>(perTenant);
            for (var i = 0; i < perTenant; i++) each.Add(await OrderAsync(tenant));
            return each;
        }

        async Task<double> OrderAsync(BenchTenant tenant)
        {
            var authorization = tenant.Authorizations.Dequeue();
            var isOpen = waiting.GetOrAdd(DeploymentIds.Derive(authorization.Value, bench.Identity.Domain), static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
            var asked = Stopwatch.GetTimestamp();
            await tenant.SubmitAsync(authorization);
            await isOpen.Task;
            return Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
        }
    }

    private static long RecoversPerSecond()
    {
        using var key = PrivateKey.Generate();
        var digest = Keccak256.Hash([1, 2, 3]);
        var signature = key.Sign(digest);
        var (count, start) = (0L, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(start) < ReferenceTime)
        {
            if (!Secp256k1.TryRecover(digest, signature, out _)) throw new InvalidOperationException("A valid signature is not recovered.");
            count++;
        }

        return (long)(count / Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
