using System.Collections.Immutable;

namespace Grid.Protocol.Manifests.Reading;

/// <summary><c>x-grid.services.NAME</c>.</summary>
internal static class GridServiceReader
{
    private const int LongestPath = 1024;

    /// <param name="isReplicated">The service is placed in a gang: two copies of a replica must never run.</param>
    public static ManifestService Apply(ManifestService service, Fields? fields, bool isReplicated)
    {
        var kind = fields?.Choice("kind", ("service", ServiceKind.Service), ("batch", ServiceKind.Batch)) ?? ServiceKind.Service;
        var onPartition = fields?.Choice("onPartition", ("keep", OnPartition.Keep), ("stop", OnPartition.Stop));
        var applied = service with
        {
            Kind = kind,
            OnPartition = onPartition ?? (kind == ServiceKind.Batch || isReplicated ? OnPartition.Stop : OnPartition.Keep),
            Retries = fields?.Whole("retries", 0, ManifestLimits.Retries) ?? 0,
            RunAheadSeconds = fields?.Seconds("runAhead"),
            Inputs = fields is null ? [] : ReadArtifacts(fields, "inputs"),
            Outputs = fields is null ? [] : ReadArtifacts(fields, "outputs"),
        };
        fields?.WarnUnknown("a service in `x-grid`");
        return applied;
    }

    private static ImmutableArray<ManifestArtifact> ReadArtifacts(Fields fields, string key)
    {
        var artifacts = ImmutableArray.CreateBuilder<ManifestArtifact>();
        foreach (var (node, itemPath) in fields.Items(key))
        {
            if (Fields.Of(node, itemPath, fields.Findings) is not { } item) continue;
            var (name, path) = (item.RequiredText("name"), item.RequiredText("path"));
            item.WarnUnknown("an artifact");
            if (name is null || path is null) continue;
            if (name.Length > ManifestLimits.NameLength || name.AsSpan().ContainsAny('/', '\\') || name is "." or "..") item.Wrong("name", name, "a file name without directories");
            else if (path.Length is 0 or > LongestPath || path.Split('/').Contains("..")) item.Wrong("path", path, "a path without `..`");
            else if (artifacts.Any(known => known.Name == name)) item.Wrong("name", name, "a name of its own: two artifacts have this one");
            else artifacts.Add(new ManifestArtifact(name, path));
        }
        return artifacts.DrainToImmutable();
    }
}
