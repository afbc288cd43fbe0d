using System.Collections.Immutable;
using Grid.Protocol.Manifests.Quantities;
using Grid.Protocol.Manifests.Yaml;

namespace Grid.Protocol.Manifests.Reading;

/// <summary><c>services.NAME</c>.</summary>
internal static class ServiceReader
{
    private const int LongestImage = 512;

    public static ManifestService? Read(string name, Fields fields, ManifestDialect dialect)
    {
        var image = fields.RequiredText("image");
        var service = new ManifestService
        {
            Name = name,
            Image = image ?? "",
            Command = ReadCommand(fields, "command"),
            Args = ReadCommand(fields, "args"),
            Env = ReadEnv(fields),
            Expose = [.. fields.Items("expose").Select(item => ExposeReader.Read(item.Node, item.Path, dialect, fields.Findings)).OfType<ManifestExpose>()],
            PullPolicy = fields.Choice("pull_policy", ("Always", PullPolicy.Always), ("IfNotPresent", PullPolicy.IfNotPresent), ("Never", PullPolicy.Never)) ?? default,
            Credentials = fields.Map("credentials") is { } credentials ? ReadCredentials(credentials) : null,
            DependsOn = dialect == ManifestDialect.Sdl ? ReadDependsOn(fields) : [],
        };
        var parameters = fields.Map("params");
        if (parameters is not null) service = ReadParameters(service, parameters, dialect);
        fields.WarnUnknown("a service");
        return IsImage(image, fields) ? service : null;
    }

    private static bool IsImage(string? image, Fields fields)
    {
        if (image is null) return false;
        if (image.Length is > 0 and <= LongestImage && !image.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))) return true;
        fields.Wrong("image", image, "an image such as registry.example.com/team/app:1.2, or host");
        return false;
    }

    private static ImmutableArray<string> ReadCommand(Fields fields, string key)
    {
        if (fields.Take(key) is not YamlScalar line) return fields.Texts(key);
        if (ShellWords.Split(line.Text) is { Count: <= ManifestLimits.ListItems } words) return [.. words];
        fields.Findings.Error(line, fields.PathOf(key), $"the quotes of this command do not match, or it has more than {ManifestLimits.ListItems} words; write it as a list");
        return [];
    }

    private static ImmutableArray<ManifestEnv> ReadEnv(Fields fields)
    {
        var variables = new List<ManifestEnv>();
        foreach (var (node, path) in fields.Items("env"))
        {
            if (node is not YamlScalar entry)
            {
                fields.Findings.Error(node, path, "expected KEY=VALUE, found a mapping or a list; write `- KEY=VALUE`");
                continue;
            }
            AddVariable(variables, entry, path, fields.Findings);
        }
        return [.. variables];
    }

    private static void AddVariable(List<ManifestEnv> variables, YamlScalar entry, string path, Findings findings)
    {
        var equals = entry.Text.IndexOf('=', StringComparison.Ordinal);
        var name = (equals < 0 ? entry.Text : entry.Text[..equals]).Trim();
        var value = equals < 0 ? "" : entry.Text[(equals + 1)..];
        if (name.Length is 0 or > ManifestLimits.NameLength || entry.IsNull)
        {
            findings.Error(entry, path, $"expected KEY=VALUE with a name of at most {ManifestLimits.NameLength} characters");
            return;
        }
        var variable = new ManifestEnv(name, value);
        var earlier = variables.FindIndex(known => known.Name == name);
        if (earlier < 0)
        {
            variables.Add(variable);
            return;
        }
        findings.Warn(entry, path, $"{Quoted.Of(name)} is set twice; the last value counts");
        variables[earlier] = variable;
    }

    private static RegistryCredentials ReadCredentials(Fields fields)
    {
        var host = fields.Text("host") ?? fields.Text("registry") ?? "";
        _ = fields.Take("registry");
        var read = new RegistryCredentials(host, fields.RequiredText("username") ?? "", fields.RequiredText("password") ?? "", fields.Text("email"));
        fields.WarnUnknown("a credential");
        return read;
    }

    /// <summary>Names, or mappings <c>{service: NAME}</c>.</summary>
    private static ImmutableArray<string> ReadDependsOn(Fields fields)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var (node, path) in fields.Items("depends_on", allowsSingle: true))
        {
            var name = node is YamlMapping mapping ? new Fields(mapping, path, fields.Findings).RequiredText("service") : Fields.TextOf(node, path, fields.Findings);
            if (name is not null) names.Add(name);
        }
        return names.DrainToImmutable();
    }

    private static ManifestService ReadParameters(ManifestService service, Fields fields, ManifestDialect dialect)
    {
        var mounts = ImmutableArray.CreateBuilder<StorageMount>();
        foreach (var (volume, value, path) in fields.Map("storage")?.Named(ManifestLimits.VolumesPerService, "volumes") ?? [])
        {
            if (Fields.Of(value, path, fields.Findings) is { } mount && ReadMount(volume.Text, mount) is { } read) mounts.Add(read);
        }
        var permissions = dialect == ManifestDialect.Sdl ? fields.Map("permissions") : null;
        var read2 = permissions?.Texts("read") ?? [];
        permissions?.WarnUnknown("`permissions`");
        fields.WarnUnknown("`params`");
        return service with { StorageMounts = mounts.DrainToImmutable(), ReadPermissions = read2 };
    }

    private static StorageMount? ReadMount(string volume, Fields fields)
    {
        var mount = fields.Text("mount");
        var readOnly = fields.Flag("readOnly");
        fields.WarnUnknown("a mount");
        if (mount is null) return null;
        if (mount.StartsWith('/')) return new StorageMount(volume, mount, readOnly);
        fields.Wrong("mount", mount, "an absolute path such as /data");
        return null;
    }
}
