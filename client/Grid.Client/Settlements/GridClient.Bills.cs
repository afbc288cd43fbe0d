using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Settlement;

namespace Grid.Client;

/// <param name="Settled">The lease's place under the final root; null where that has not charged it yet.</param>
public sealed record ShownBill(LeaseReceipts Bill, LeaseProof? Settled);

public sealed partial class GridClient
{
    /// <summary>The bills of this wallet's leases that may still change, whose signatures all hold. The others prove nothing and are left
    /// out.</summary>
    /// <param name="kept">Bills that are done in it are not asked for again.</param>
    public async Task<IReadOnlyList<ShownBill>> ListBillsAsync(KeptAccount kept, CancellationToken cancellation = default)
    {
        var info = await GetOperatorAsync(cancellation);
        var done = kept.Bills.Where(static bill => bill.IsDone).Select(static bill => bill.Lease).ToHashSet();
        var bills = new List<ShownBill>();
        foreach (var lease in (await ListLeasesAsync(cancellation)).Where(lease => !done.Contains(lease)).Take(Limits.KeptBills))
        {
            if (await FindAsync(GetReceiptsAsync(lease, cancellation)) is not { } bill || bill.Lease != lease) continue;
            if (!ReceiptVerification.Verify(bill, info.Operator, info.Domain()).IsEmpty) continue;
            bills.Add(new ShownBill(bill, (await FindAsync(GetLeaseSettlementAsync(lease, cancellation)))?.Final));
        }

        return bills;
    }

    private async Task<IReadOnlyList<LeaseId>> ListLeasesAsync(CancellationToken cancellation)
    {
        var leases = new List<LeaseId>();
        string? after = null;
        for (var page = 0; page < Limits.MaxPages; page++)
        {
            var listed = await ListDeploymentsAsync(after, cancellation);
            foreach (var deployment in listed.Deployments)
                leases.AddRange((await GetDeploymentAsync(deployment.Deployment, cancellation)).Orders.SelectMany(
                    static order => order.Leases, static (_, lease) => lease.Lease));
            if ((after = listed.Next) is null) break;
        }

        return leases;
    }

    private static async Task<T?> FindAsync<T>(Task<T> asked)
        where T : class
    {
        try
        {
            return await asked;
        }
        catch (GridException e) when (e.Kind == GridErrorKind.NotFound)
        {
            return null;
        }
    }
}
