using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;
using Grid.Node.Leases;
using Grid.Node.Link;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Grid.Node.Hosting;

/// <summary>What <c>grid node status</c> reads: written every second to <c>status.json</c> in the data folder.</summary>
/// <param name="Provider">The node's address.</param>
/// <param name="SupervisorProcessId">Outlives the node: its workloads are the supervisor's children.</param>
/// <param name="Terms">What is listed now.</param>
/// <param name="Started">What the node's own options list.</param>
/// <param name="OfferFault">Why the owner's choices are not listed; null where they are.</param>
public sealed record NodeStatus(
    ProviderId Provider, int ProcessId, int SupervisorProcessId, IsolationLevel Isolation, IReadOnlyList<OperatorStatus> Operators,
        IReadOnlyList<NodeLeaseStatus> Leases, OfferTerms Terms,
    OfferTerms Started, string? OfferFault = null);

public sealed record OperatorStatus(Address Operator, Uri Url, bool IsConnected, long Epoch);

public sealed record NodeLeaseStatus(LeaseId Lease, NodeLeasePhase Phase, long Seconds, long PaidThroughSeconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(NodeStatus))]
internal sealed partial class NodeStatusJson : JsonSerializerContext;

internal sealed partial class NodeStatusFile(
    string dataDirectory, Func<int> supervisor, ListedTerms listed, OfferFile offer, OperatorLinks links, IGrainFactory grains,
        TimeProvider time, ILogger<NodeStatusFile> log) : BackgroundService
{
    public const string FileName = "status.json";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        do
        {
            await TryWriteAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>It is only for people to read: no failure of it may end the node.</summary>
    private async Task TryWriteAsync()
    {
        try
        {
            var ledger = await grains.GetGrain<INodeGrain>(INodeGrain.Key).GetLedger();
            Write(StatusOf(ledger));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogNotWritten(failure.Message);
        }
    }

    private NodeStatus StatusOf(NodeLedger ledger) => new(
        listed.Started.Provider,
        Environment.ProcessId,
        supervisor(),
        listed.Started.Isolation,
        [.. links.All.Select(static link => new OperatorStatus(link.Endpoint.Address, link.Endpoint.Url, link.IsUp, link.Epoch))],
        [.. ledger.Leases.Values.Select(static lease => new NodeLeaseStatus(lease.Lease, lease.Phase, lease.Seconds, lease.PaidThroughSeconds))],
        listed.Now,
        listed.Started,
        offer.Fault);

    private void Write(NodeStatus status)
    {
        var path = Path.Combine(dataDirectory, FileName);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(status, NodeStatusJson.Default.NodeStatus));
        File.Move(path + ".new", path, overwrite: true);
    }

    [LoggerMessage(220, LogLevel.Warning, "The status file could not be written: {Reason}")]
    private partial void LogNotWritten(string reason);
}
