using System.Text.Json.Serialization;

namespace Grid.Bench.Orders;

/// <summary>What <c>grid bench orders --json</c> prints.</summary>
/// <param name="OrdersPerSecond">Submitted with a verified authorization, matched, held and durably leased (SQLite, synchronous=FULL), by all tenants together.</param>
/// <param name="OneTenantPerSecond">The same for one tenant who submits one after another.</param>
/// <param name="RowsPerOrder">Durable rows from the request to the open lease.</param>
/// <param name="RowsPerOrderAndAfter">With the order's own record of its lease and its provider's confirmation, which follow.</param>
/// <param name="CpuUsPerOrder">Processor time of the whole process, user and system, the simulated nodes' and tenants' part included.</param>
/// <param name="BytesPerOrder">Allocated, the simulated nodes' and tenants' part included.</param>
/// <param name="P50Ms">From the submission until the node hears that its lease is open.</param>
/// <param name="DoubleLeases">Deployments with more than one open lease, and nodes whose ledgers exceed their machines.</param>
/// <param name="MoneyConserved">Whether deposits are what is available and held, to the micro-unit.</param>
public sealed record OrdersBenchResult(
    int Providers,
    int Tenants,
    int Orders,
    long OrdersPerSecond,
    long OneTenantPerSecond,
    double RowsPerOrder,
    double RowsPerOrderAndAfter,
    double CpuUsPerOrder,
    long BytesPerOrder,
    double P50Ms,
    double P99Ms,
    int DoubleLeases,
    bool MoneyConserved,
    OrdersReference Reference);

/// <summary>The same machine in the same run: signatures recovered one after another on one thread, rows in batches of 100 straight into SQLite.</summary>
/// <param name="OrdersPerThousandRecovers">The figure to compare between machines.</param>
public sealed record OrdersReference(long RecoversPerSecond, long SqliteBatchRowsPerSecond, double OrdersPerThousandRecovers);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(OrdersBenchResult))]
internal sealed partial class OrdersBenchJson : JsonSerializerContext;
