namespace Grid.Protocol.Manifests.Reading;

/// <summary>Names inside one service that must, or should, exist elsewhere in the manifest.</summary>
internal sealed class ReferenceRules(IReadOnlyCollection<string> services, IReadOnlyCollection<string> endpoints)
{
    public void Check(ManifestService service, IEnumerable<ManifestGroup> groups, Fields fields)
    {
        foreach (var target in service.Expose.SelectMany(expose => expose.To)) Check(target, fields);
        foreach (var name in service.DependsOn.Where(name => !services.Contains(name)))
        {
            fields.Findings.Warn(fields.Position("depends_on"), fields.PathOf("depends_on"), $"there is no service {Quoted.Of(name)}{Advice(name, services)}");
        }
        foreach (var group in groups) CheckVolumes(service, group.Resources, fields);
        if (service.StorageMounts.DistinctBy(mount => mount.Mount).Count() < service.StorageMounts.Length)
        {
            fields.Findings.Error(fields.Position("params"), fields.PathOf("params.storage"), "two volumes are mounted at one path; give each its own");
        }
    }

    private void Check(ExposeTarget target, Fields fields)
    {
        var (at, path) = (fields.Position("expose"), fields.PathOf("expose"));
        if (target.Service is { } name && !services.Contains(name)) fields.Findings.Warn(at, path, $"exposed to a service {Quoted.Of(name)} that does not exist{Advice(name, services)}");
        if (target.Endpoint is { } endpoint && !endpoints.Contains(endpoint)) fields.Findings.Error(at, path, $"bound to an endpoint {Quoted.Of(endpoint)} that does not exist{Advice(endpoint, endpoints)}");
    }

    private static void CheckVolumes(ManifestService service, ComputeResources resources, Fields fields)
    {
        var names = resources.Storage.Select(volume => volume.Name).ToList();
        foreach (var mount in service.StorageMounts.Where(mount => !names.Contains(mount.Volume)))
        {
            fields.Findings.Error(fields.Position("params"), fields.PathOf($"params.storage.{mount.Volume}"), $"the service's compute profile has no volume {Quoted.Of(mount.Volume)}{Advice(mount.Volume, names)}");
        }
        foreach (var volume in resources.Storage.Where(volume => volume.Persistent && service.StorageMounts.All(mount => mount.Volume != volume.Name)))
        {
            fields.Findings.Warn(fields.At, fields.PathOf("params.storage"), $"the persistent volume {Quoted.Of(volume.Name)} is mounted nowhere; add `params.storage.{volume.Name}.mount`");
        }
    }

    private static string Advice(string name, IEnumerable<string> known) => Suggestion.For(name, known) is { } nearest ? $": did you mean `{nearest}`?" : "";
}
