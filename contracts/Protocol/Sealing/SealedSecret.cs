using System.Text.Json.Serialization;
using Grid.Protocol.Json;

namespace Grid.Protocol.Sealing;

/// <summary>One secret of a manifest, sealed.</summary>
/// <param name="Name">The variable's name, or <c>password</c> for a registry credential.</param>
public sealed record SealedSecret(string Service, SecretKind Kind, string Name, SealedBytes Sealed);

[JsonConverter(typeof(CamelCaseEnumConverter<SecretKind>))]
public enum SecretKind
{
    Env,
    RegistryCredential,
}
