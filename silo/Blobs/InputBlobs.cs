using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Chain.Crypto.Keystores;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Silo.Hosting;

namespace Grid.Silo.Blobs;

/// <summary>
/// Tenants' inputs as they came: sealed, each under the SHA-256 of its ciphertext. Which deployment uses which is written beside them before the deployment
/// is submitted, so that a node can be served after any crash.
/// </summary>
internal sealed class InputBlobs : IDisposable
{
    private readonly string _blobs;
    private readonly string _claims;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _uploads = new(Limits.UploadsAtOnce);

    public InputBlobs(SiloOptions options, TimeProvider time)
    {
        _time = time;
        _blobs = Path.Combine(options.DataDirectory, "blobs", "inputs");
        _claims = Path.Combine(options.DataDirectory, "blobs", "deployments");
        DurableFile.CreateFolder(_blobs);
        DurableFile.CreateFolder(_claims);
        foreach (var torn in Directory.EnumerateFiles(_blobs, "*.tmp")) File.Delete(torn);
    }

    public void Dispose() => _uploads.Dispose();

    public bool Has(Hash256 sealedSha256) => File.Exists(PathOf(sealedSha256));

    /// <summary>Durable when it returns; the same content twice is stored once.</summary>
    public async Task<UploadResult> StoreAsync(Hash256 sealedSha256, Stream content, CancellationToken cancellation)
    {
        if (TryKeep(sealedSha256)) return UploadResult.Stored;
        if (!await _uploads.WaitAsync(0, cancellation)) return UploadResult.Busy;
        var temporary = Path.Combine(_blobs, $"{Guid.NewGuid():N}.tmp");
        try
        {
            if (TotalBytes() >= Limits.MaxTotalBytes) return UploadResult.Full;
            var stored = await WriteAsync(temporary, content, cancellation);
            if (stored is null) return UploadResult.TooLarge;
            if (stored != sealedSha256) return UploadResult.HashDiffers;
            File.Move(temporary, PathOf(sealedSha256), overwrite: true);
            DirectoryEntries.Flush(_blobs);
            return UploadResult.Stored;
        }
        finally
        {
            File.Delete(temporary);
            _uploads.Release();
        }
    }

    /// <summary>Remembers which ciphertext a deployment's input is. Durable when it returns.</summary>
    public void Claim(DeploymentId deployment, string service, string name, Hash256 sealedSha256)
    {
        var folder = Path.Combine(_claims, deployment.ToString());
        DurableFile.CreateFolder(folder);
        DurableFile.Replace(Path.Combine(folder, SlotOf(service, name)), sealedSha256.ToByteArray());
        DirectoryEntries.Flush(_claims);
    }

    /// <returns>The ciphertext, or null where no such input was named or it is gone.</returns>
    public Stream? Open(DeploymentId deployment, string service, string name)
    {
        var claim = Path.Combine(_claims, deployment.ToString(), SlotOf(service, name));
        if (!File.Exists(claim)) return null;
        var path = PathOf(new Hash256(File.ReadAllBytes(claim)));
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, Limits.CopyBufferBytes, useAsync: true) : null;
    }

    /// <summary>Deployments that named inputs before this time.</summary>
    public IReadOnlyList<DeploymentId> ClaimantsBefore(DateTimeOffset time) =>
        [.. Directory.EnumerateDirectories(_claims).Where(folder => Directory.GetLastWriteTimeUtc(folder) < time).Select(Path.GetFileName).Where(static name => DeploymentId.TryParse(name, null, out _)).Select(static name => DeploymentId.Parse(name!))];

    public void Unclaim(DeploymentId deployment)
    {
        var folder = Path.Combine(_claims, deployment.ToString());
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>Removes what no deployment names and was not uploaded lately.</summary>
    public void RemoveUnclaimed(DateTimeOffset now)
    {
        var claimed = Directory.EnumerateFiles(_claims, "*", SearchOption.AllDirectories).Select(static file => new Hash256(File.ReadAllBytes(file))).ToHashSet();
        foreach (var file in Directory.EnumerateFiles(_blobs).Where(file => now - File.GetLastWriteTimeUtc(file) > TimeSpan.FromHours(Limits.UnclaimedHours)))
        {
            if (!Hash256.TryParse(Path.GetFileName(file), out var hash) || !claimed.Contains(hash)) File.Delete(file);
        }
    }

    /// <summary>What is here already counts as uploaded now.</summary>
    private bool TryKeep(Hash256 sealedSha256)
    {
        if (!Has(sealedSha256)) return false;
        File.SetLastWriteTimeUtc(PathOf(sealedSha256), _time.GetUtcNow().UtcDateTime);
        return true;
    }

    /// <returns>The content's hash; null where it is too large.</returns>
    private static async Task<Hash256?> WriteAsync(string path, Stream content, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = DurableFile.Create(path);
        var buffer = new byte[Limits.CopyBufferBytes];
        long total = 0;
        for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0;)
        {
            total += read;
            if (total > Limits.MaxInputBytes) return null;
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        file.Flush(flushToDisk: true);
        return new Hash256(hash.GetHashAndReset());
    }

    private static string SlotOf(string service, string name) => ContentHash.OfUtf8($"{service}\0{name}").ToString();

    private long TotalBytes() => new DirectoryInfo(_blobs).EnumerateFiles().Sum(static file => file.Length);

    private string PathOf(Hash256 sealedSha256) => Path.Combine(_blobs, sealedSha256.ToString());
}

internal enum UploadResult
{
    Stored,
    TooLarge,
    HashDiffers,

    /// <summary>Too many uploads at once.</summary>
    Busy,

    /// <summary>No more room for inputs.</summary>
    Full,
}
