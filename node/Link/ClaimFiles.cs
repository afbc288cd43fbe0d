using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Node.Artifacts;
using Grid.Node.Leases;
using Grid.Protocol.Api;
using Grid.Protocol.Slashing;
using Microsoft.Extensions.Logging;

namespace Grid.Node.Link;

/// <summary>
/// What each operator's leases can be claimed by: <c>claims/ADDRESS/LEASE.json</c>, a small file a lease, replaced with each receipt. The
/// ledger has the same while the lease is in it, so that nothing waits for the disk; afterwards <c>grid provider claim-leases</c> needs it
/// until a root has paid the lease.
/// </summary>
internal sealed partial class ClaimFiles(string dataDirectory, NodeIdentity identity, TimeProvider time,
    ILogger<ClaimFiles> log) : IClaimFiles
{
    private readonly string _root = Path.Combine(dataDirectory, "claims");
    private int _kept;

    public void Keep(Address @operator, LeaseEvidence evidence)
    {
        // Without a chain there is nothing to claim from.
        if (identity.Domain.ChainId == 0) return;
        try
        {
            var folder = Path.Combine(_root, @operator.ToString());
            PrivateFiles.CreateDirectory(folder);
            var path = Path.Combine(folder, $"{evidence.Lease}.json");
            File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(evidence, GridJsonContext.Default.LeaseEvidence));
            File.Move(path + ".new", path, overwrite: true);
            if (_kept++ % Limits.ClaimsBetweenSweeps == 0) Sweep(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotKept(evidence.Lease.ToString(), failure.Message);
        }
    }

    /// <summary>What is older than any window of a chain, and what is too much.</summary>
    private void Sweep(string folder)
    {
        var oldest = time.GetUtcNow().AddDays(-Limits.ClaimDays).UtcDateTime;
        var newestFirst = new DirectoryInfo(folder).EnumerateFiles("*.json").OrderByDescending(static file => file.LastWriteTimeUtc)
            .ToArray();
        for (var i = 0; i < newestFirst.Length; i++)
        {
            if (i >= Limits.ClaimsKept || newestFirst[i].LastWriteTimeUtc < oldest) newestFirst[i].Delete();
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "What lease {Lease} can be claimed by could not be kept: {Reason}")]
    private partial void LogNotKept(string lease, string reason);
}
