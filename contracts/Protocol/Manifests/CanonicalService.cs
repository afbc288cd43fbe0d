using System.Text.Json;
using Grid.Chain.Crypto;
using static Grid.Protocol.Manifests.CanonicalManifest;

namespace Grid.Protocol.Manifests;

internal static class CanonicalService
{
    public static void Write(Utf8JsonWriter json, ManifestService service, Func<SecretRef, Hash256> sealedHashOf)
    {
        json.WriteStartObject();
        json.WriteString("name", service.Name);
        json.WriteString("image", service.Image);
        Texts(json, "command", service.Command);
        Texts(json, "args", service.Args);
        List(json, "env", service.Env, variable => Pair(json, "name", variable.Name, "sealed", sealedHashOf(service.EnvSecret(variable)).ToString()));
        List(json, "expose", service.Expose, expose => WriteExpose(json, expose));
        List(json, "mounts", service.StorageMounts.OrderBy(mount => mount.Volume, StringComparer.Ordinal), mount => WriteMount(json, mount));
        Choice(json, "pullPolicy", service.PullPolicy);
        if (service.Credentials is { } credentials) WriteCredentials(json, credentials, sealedHashOf(service.CredentialSecret()));
        Texts(json, "dependsOn", service.DependsOn);
        Texts(json, "readPermissions", service.ReadPermissions);
        Choice(json, "kind", service.Kind);
        NumberUnless(json, "retries", service.Retries, 0);
        Choice(json, "onPartition", service.OnPartition);
        Number(json, "runAheadSeconds", service.RunAheadSeconds);
        List(json, "inputs", service.Inputs, artifact => Pair(json, "name", artifact.Name, "path", artifact.Path));
        List(json, "outputs", service.Outputs, artifact => Pair(json, "name", artifact.Name, "path", artifact.Path));
        json.WriteEndObject();
    }

    private static void WriteCredentials(Utf8JsonWriter json, RegistryCredentials credentials, Hash256 sealedPassword)
    {
        json.WriteStartObject("credentials");
        json.WriteString("host", credentials.Host);
        json.WriteString("username", credentials.Username);
        json.WriteString("sealed", sealedPassword.ToString());
        Text(json, "email", credentials.Email);
        json.WriteEndObject();
    }

    private static void WriteMount(Utf8JsonWriter json, StorageMount mount)
    {
        json.WriteStartObject();
        json.WriteString("volume", mount.Volume);
        json.WriteString("path", mount.Mount);
        Flag(json, "readOnly", mount.ReadOnly);
        json.WriteEndObject();
    }

    private static void WriteExpose(Utf8JsonWriter json, ManifestExpose expose)
    {
        json.WriteStartObject();
        json.WriteNumber("port", expose.Port);
        json.WriteNumber("as", expose.As);
        NumberUnless(json, "portCount", expose.PortCount, 1);
        Choice(json, "protocol", expose.Protocol);
        Texts(json, "accept", expose.Accept);
        List(json, "to", expose.To, target => WriteTarget(json, target));
        if (expose.HttpOptions is { } options) WriteHttpOptions(json, options);
        Flag(json, "publicPort", expose.UsesPublicPort);
        json.WriteEndObject();
    }

    private static void WriteTarget(Utf8JsonWriter json, ExposeTarget target)
    {
        json.WriteStartObject();
        Flag(json, "global", target.IsGlobal);
        Text(json, "service", target.Service);
        Text(json, "endpoint", target.Endpoint);
        json.WriteEndObject();
    }

    private static void WriteHttpOptions(Utf8JsonWriter json, HttpOptions options)
    {
        json.WriteStartObject("httpOptions");
        Number(json, "maxBodySizeBytes", options.MaxBodySizeBytes);
        Number(json, "readTimeoutMs", options.ReadTimeoutMs);
        Number(json, "sendTimeoutMs", options.SendTimeoutMs);
        Number(json, "nextTries", options.NextTries);
        Number(json, "nextTimeoutMs", options.NextTimeoutMs);
        Texts(json, "nextCases", options.NextCases);
        json.WriteEndObject();
    }
}
