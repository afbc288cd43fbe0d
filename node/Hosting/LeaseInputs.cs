using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Node.Execution;
using Grid.Node.Leases;
using Grid.Node.Link;
using Grid.Protocol;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Manifests;
using Grid.Protocol.Sealing;
using Microsoft.Extensions.Logging;

namespace Grid.Node.Hosting;

/// <summary>Fetches what a lease's workloads read from its operator, and opens it. Links break and come back: each input is tried a bounded number of times.</summary>
internal sealed partial class LeaseInputs(WorkloadEngine engine, NodeIdentity identity, Lazy<OperatorLinks> links, TimeProvider time, ILogger<LeaseInputs> log)
{
    /// <exception cref="WorkloadRefusedException">An input can't be had, or is not the one that its tenant named.</exception>
    public async Task FetchAsync(NodeLease lease, CancellationToken cancellation)
    {
        var manifest = SealedManifest.Read(lease.Manifest);
        foreach (var key in WorkloadPlan.Keys(lease))
        {
            foreach (var input in manifest.FindService(key.Service)!.Inputs) await FetchAsync(lease, key, input.Name, cancellation);
        }
    }

    private async Task FetchAsync(NodeLease lease, WorkloadKey key, string name, CancellationToken cancellation)
    {
        var pauseMs = Limits.FirstInputPauseMs;
        for (var attempt = 1; await TryFetchAsync(lease, key, name, attempt, cancellation) is { } problem; attempt++)
        {
            if (attempt == Limits.InputTries) throw new WorkloadRefusedException([$"{key.Service}: input '{name}' could not be fetched: {problem}"]);
            await Task.Delay(TimeSpan.FromMilliseconds(pauseMs), time, cancellation);
            pauseMs = Math.Min(pauseMs * 2, Limits.LastInputPauseMs);
        }
    }

    /// <returns>What stood in the way and may be gone the next time; null where the input is there.</returns>
    private async Task<string?> TryFetchAsync(NodeLease lease, WorkloadKey key, string name, int attempt, CancellationToken cancellation)
    {
        try
        {
            await FetchOnceAsync(lease, key, name, cancellation);
            return null;
        }
        catch (Exception failure) when (failure is LinkException or LinkStreamAbortedException or LinkDownException or SealingException)
        {
            LogAgain(lease.Lease, key.Service, name, attempt, failure.Message);
            return failure.Message;
        }
    }

    private async Task FetchOnceAsync(NodeLease lease, WorkloadKey key, string name, CancellationToken cancellation)
    {
        await using var stream = links.Value.OpenStream(lease.Operator, new InputPurpose(lease.Lease, key.Service, name));
        using var hash = SHA256.Create();
        await using (var file = new CryptoStream(engine.CreateInput(key, name), hash, CryptoStreamMode.Write))
        {
            var context = SealingContext.LeaseInput(lease.Lease, key.Service, name);
            await SealedStream.OpenAsync(identity.Sealing, stream, file, context, Artifacts.Limits.MaxArtifactBytes, cancellation);
        }

        var named = lease.Inputs.FirstOrDefault(input => input.Service == key.Service && input.Name == name);
        if (named is not null && named.Sha256 != new Hash256(hash.Hash!))
            throw new WorkloadRefusedException([$"{key.Service}: input '{name}' is not the one that its tenant named."]);
    }

    [LoggerMessage(210, LogLevel.Warning, "Lease {Lease}: input {Input} of {Service} could not be fetched, attempt {Attempt}: {Reason}")]
    private partial void LogAgain(LeaseId lease, string service, string input, int attempt, string reason);
}
