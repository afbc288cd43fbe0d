using System.Collections.Immutable;

namespace Grid.Protocol.Manifests.Reading;

/// <summary>SDL <c>endpoints</c>.</summary>
internal static class EndpointReader
{
    public static ImmutableArray<ManifestEndpoint> Read(Fields root)
    {
        var endpoints = ImmutableArray.CreateBuilder<ManifestEndpoint>();
        foreach (var (name, value, path) in root.Map("endpoints")?.Named(ManifestLimits.Services, "endpoints") ?? [])
        {
            if (Fields.Of(value, path, root.Findings) is not { } fields) continue;
            if (fields.RequiredText("kind") is { } kind)
            {
                if (kind != "ip") fields.Wrong("kind", kind, "ip");
                endpoints.Add(new ManifestEndpoint(name.Text, kind));
            }
            fields.WarnUnknown("an endpoint");
        }
        return endpoints.DrainToImmutable();
    }
}
