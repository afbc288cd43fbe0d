using Grid.Chain.Crypto;
using Grid.Node.Artifacts;
using Grid.Node.Execution.Leases;
using Grid.Node.Leases;
using Grid.Protocol.Api;
using Grid.Protocol.Settlement;
using Microsoft.Extensions.Logging;

namespace Grid.Node.Link;

/// <summary>
/// What each operator's roots say that this node has earned: <c>earnings/ADDRESS.json</c>. With it <c>grid provider claim</c> needs no
/// operator. The places under the open root and the final one are kept; a root may be void, so that the one before it stays until newer
/// ones are known.
/// </summary>
internal sealed partial class EarningsFile(string dataDirectory, NodeIdentity identity, ILogger<EarningsFile> log)
{
    private readonly string _root = Path.Combine(dataDirectory, "earnings");

    /// <summary>On the disk when it returns.</summary>
    public void Keep(Address @operator, ProviderProof proof, IReadOnlyList<PayerProof> payers)
    {
        if (!proof.Shows(identity.Provider.Value))
        {
            LogFalse(@operator);
            return;
        }

        var path = Path.Combine(_root, $"{@operator}.json");
        var known = DurableFile.Read(path, GridJsonContext.Default.KeptEarnings) ?? new KeptEarnings([]);
        if (known.Proofs.Any(kept => kept.Root == proof.Root)) return;
        PrivateFiles.CreateDirectory(_root);
        ProviderProof[] proofs = [.. known.Proofs.TakeLast(Limits.RootsKept - 1), proof];
        var mine = payers.Where(payer => payer.Root == proof.Root).Take(Limits.PayersKept);
        var theirs = (known.Payers ?? []).Where(payer => proofs.Any(kept => kept.Root == payer.Root));
        DurableFile.Write(path, new KeptEarnings(proofs, [.. theirs, .. mine]), GridJsonContext.Default.KeptEarnings);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "What {Operator} shows of its next root does not prove what this node has earned")]
    private partial void LogFalse(Address @operator);
}
