using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Node.Execution;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Sealing;

namespace Grid.Node.Artifacts;

/// <summary>
/// What workloads made, as ciphertext for their tenants alone. Sealed when a workload ends, so that the clear files can go with the lease and a tenant can
/// still fetch afterwards.
/// </summary>
public sealed class SealedOutputs(string dataDirectory)
{
    private readonly string _root = Path.Combine(dataDirectory, "artifacts");

    /// <summary>Hashes one output, and seals it where the tenant has published a key; of several replicas' outputs the first's is kept. Repeating it is harmless.</summary>
    public async Task<WorkloadOutput> SealAsync(WorkloadKey key, string name, Stream clear, SealingPublicKey? tenant, CancellationToken cancellation)
    {
        using var hash = SHA256.Create();
        await using var hashed = new CryptoStream(clear, hash, CryptoStreamMode.Read);
        var bytes = tenant is null || key.Replica > 0 ? await CountAsync(hashed, cancellation) : await WriteAsync(key, name, hashed, tenant, cancellation);
        return new WorkloadOutput(name, new Hash256(hash.Hash!), bytes);
    }

    public bool Has(LeaseId lease) => Directory.Exists(Path.Combine(_root, lease.ToString()));

    /// <returns>Null where there is no such output.</returns>
    public Stream? Open(LeaseId lease, string service, string name)
    {
        try
        {
            return new FileStream(FileOf(lease, service, name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Forgets the leases whose outputs have lain here longer than they are kept.</summary>
    public void Sweep(TimeProvider time)
    {
        if (!Directory.Exists(_root)) return;
        var oldest = time.GetUtcNow().AddMilliseconds(-Limits.RetentionMs).UtcDateTime;
        foreach (var lease in Directory.EnumerateDirectories(_root).Where(lease => Directory.GetLastWriteTimeUtc(lease) < oldest).ToArray())
            Directory.Delete(lease, recursive: true);
    }

    private static async Task<long> CountAsync(Stream stream, CancellationToken cancellation)
    {
        var buffer = new byte[Limits.CopyBytes];
        long total = 0;
        for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0;) total += read;
        return total;
    }

    private async Task<long> WriteAsync(WorkloadKey key, string name, Stream clear, SealingPublicKey tenant, CancellationToken cancellation)
    {
        var file = FileOf(key.Lease, key.Service, name);
        PrivateFiles.CreateDirectory(_root);
        PrivateFiles.CreateDirectory(Path.GetDirectoryName(file)!);
        var fresh = file + ".new";
        long bytes;
        await using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            bytes = await SealedStream.SealAsync(tenant, clear, stream, SealingContext.Artifact(key.Lease, key.Service, name), cancellation);
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, file, overwrite: true);
        return bytes;
    }

    /// <summary>Names come from tenants and operators: their hash is the file's name.</summary>
    private string FileOf(LeaseId lease, string service, string name) =>
        Path.Combine(_root, lease.ToString(), Keccak256.Hash(System.Text.Encoding.UTF8.GetBytes($"{service}/{name}")).ToString());
}
