using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Client.Http;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Sealing;

namespace Grid.Client;

public sealed partial class GridClient
{
    public Task<ArtifactList> ListArtifactsAsync(LeaseId lease, CancellationToken cancellation = default) =>
        GetAsync(CallKind.Read, ApiRoutes.Of(ApiRoutes.LeaseArtifacts, lease.ToString()), GridJsonContext.Default.ArtifactList, cancellation);

    /// <summary>Fetches a result, opens it with the wallet's key and puts it to <paramref name="path"/>, wholly or not at all.</summary>
    /// <exception cref="GridException">It could not be opened, or is not what the node reported.</exception>
    public async Task FetchAsync(LeaseId lease, ArtifactEntry artifact, string path, CancellationToken cancellation = default)
    {
        if (artifact.Bytes is < 0 or > Limits.MaxArtifactBytes)
            throw new GridException(GridErrorKind.BadAnswer, $"The result '{artifact.Name}' is said to have {artifact.Bytes} bytes; expected at most {Limits.MaxArtifactBytes}.");
        var target = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            for (var attempt = 1; !await TryFetchAsync(lease, artifact, temporary, isLast: attempt == Limits.MaxAttempts, cancellation); attempt++)
                await Task.Delay(Limits.WatchPause * attempt, _time, cancellation);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private async Task<bool> TryFetchAsync(LeaseId lease, ArtifactEntry artifact, string temporary, bool isLast, CancellationToken cancellation)
    {
        using var answer = await _calls.OpenAsync(
            CallKind.Download, () => new HttpRequestMessage(HttpMethod.Get, ApiRoutes.OfArtifact(lease, artifact.Service, artifact.Name)), cancellation);
        try
        {
            await using var source = await answer.Content.ReadAsStreamAsync(cancellation);
            var hash = await OpenAsync(source, temporary, artifact, SealingContext.Artifact(lease, artifact.Service, artifact.Name), cancellation);
            if (hash == artifact.Sha256) return true;
            throw new GridException(GridErrorKind.BadAnswer, $"The result '{artifact.Name}' has the SHA-256 {hash}, but the node reported {artifact.Sha256}. It was thrown away.");
        }
        catch (Exception e) when (e is IOException or HttpRequestException && !isLast)
        {
            return false;
        }
        catch (SealingException e)
        {
            throw new GridException(GridErrorKind.BadAnswer, $"The result '{artifact.Name}' cannot be opened with this wallet: {e.Message}", e);
        }
    }

    private async Task<Hash256> OpenAsync(Stream source, string path, ArtifactEntry artifact, SealingContext context, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.Asynchronous);
        await SealedStream.OpenAsync(NeedWallet().SealingKey, source, file, context, artifact.Bytes, cancellation);
        file.Flush(flushToDisk: true);
        file.Position = 0;
        return new Hash256(await SHA256.HashDataAsync(file, cancellation));
    }
}
