using Grid.Client;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Deployments;

/// <summary>Puts the results of a deployment into a folder. Names are the manifest's, so a result that another service has too goes below the service's name.</summary>
internal static class ArtifactFetching
{
    public static async Task<IReadOnlyList<FetchedFile>> FetchAllAsync(GridClient client, DeploymentStatus deployment, string folder, CancellationToken cancellation)
    {
        var files = new List<FetchedFile>();
        foreach (var lease in deployment.Orders.SelectMany(order => order.Leases.TakeLast(1)))
        {
            var list = await client.ListArtifactsAsync(lease.Lease, cancellation);
            foreach (var artifact in list.Artifacts)
            {
                var path = PathOf(folder, artifact, files);
                await client.FetchAsync(lease.Lease, artifact, path, cancellation);
                files.Add(new FetchedFile(lease.Lease, artifact.Service, artifact.Name, path, artifact.Sha256, artifact.Bytes));
            }
        }
        return files;
    }

    private static string PathOf(string folder, ArtifactEntry artifact, List<FetchedFile> before)
    {
        // The names come from outside: none may lead out of the folder.
        var (service, name) = (NameOf(artifact.Service), NameOf(artifact.Name));
        var plain = Path.GetFullPath(Path.Combine(folder, name));
        if (before.All(file => file.Path != plain)) return plain;
        return Path.GetFullPath(Path.Combine(folder, artifact.Ordinal == 0 ? service : $"{service}.{artifact.Ordinal}", name));
    }

    private static string NameOf(string name) => name.Length > 0 && name is not ("." or "..") && !name.AsSpan().ContainsAny('/', '\\', '\0')
        ? name
        : throw new GridException(GridErrorKind.BadAnswer, $"The operator names a result '{name}', which is no file name. It was not fetched.");
}
