using Grid.Protocol.Manifests.Yaml;

namespace Grid.Protocol.Manifests.Reading;

/// <summary>Names inside one service that must, or should, exist elsewhere in the manifest.</summary>
internal sealed class ReferenceRules(IReadOnlyCollection<string> services, IReadOnlyCollection<string> endpoints)
{
    public void Check(ManifestService service, IEnumerable<ManifestGroup> groups, Fields fields)
    {
        for (var i = 0; i < service.Expose.Length; i++)
        {
            for (var j = 0; j < service.Expose[i].To.Length; j++) Check(service.Expose[i].To[j], i, j, fields);
        }
        foreach (var name in service.DependsOn.Where(name => !services.Contains(name)))
        {
            fields.Findings.Warn(fields.Position("depends_on"), fields.PathOf("depends_on"), $"there is no service {Quoted.Of(name)}{Advice(name, services)}");
        }
        foreach (var group in groups) CheckVolumes(service, group.Resources, fields);
        if (service.StorageMounts.DistinctBy(mount => mount.Mount).Count() < service.StorageMounts.Length)
        {
            fields.Findings.Error(YamlPlace.Find(fields.At, "params", "storage"), fields.PathOf("params.storage"), "two volumes are mounted at one path; give each its own");
        }
    }

    private void Check(ExposeTarget target, int exposeIndex, int targetIndex, Fields fields)
    {
        var path = fields.PathOf($"expose[{exposeIndex}].to[{targetIndex}]");
        if (target.Service is { } name && !services.Contains(name))
        {
            fields.Findings.Warn(Place("service"), $"{path}.service", $"exposed to a service {Quoted.Of(name)} that does not exist{Advice(name, services)}");
        }
        if (target.Endpoint is { } endpoint && !endpoints.Contains(endpoint))
        {
            fields.Findings.Error(Place("ip"), $"{path}.ip", $"bound to an endpoint {Quoted.Of(endpoint)} that does not exist{Advice(endpoint, endpoints)}");
        }

        YamlNode Place(string key) => YamlPlace.Find(fields.At, "expose", exposeIndex, "to", targetIndex, key);
    }

    private static void CheckVolumes(ManifestService service, ComputeResources resources, Fields fields)
    {
        var names = resources.Storage.Select(volume => volume.Name).ToList();
        foreach (var mount in service.StorageMounts.Where(mount => !names.Contains(mount.Volume)))
        {
            fields.Findings.Error(YamlPlace.Find(fields.At, "params", "storage", mount.Volume), fields.PathOf($"params.storage.{mount.Volume}"), $"the service's compute profile has no volume {Quoted.Of(mount.Volume)}{Advice(mount.Volume, names)}");
        }
        foreach (var volume in resources.Storage.Where(volume => volume.Persistent && service.StorageMounts.All(mount => mount.Volume != volume.Name)))
        {
            fields.Findings.Warn(fields.At, fields.PathOf("params.storage"), $"the persistent volume {Quoted.Of(volume.Name)} is mounted nowhere; add `params.storage.{volume.Name}.mount`");
        }
    }

    private static string Advice(string name, IEnumerable<string> known) => Suggestion.For(name, known) is { } nearest ? $": did you mean `{nearest}`?" : "";
}
