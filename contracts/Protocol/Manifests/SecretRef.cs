using Grid.Protocol.Sealing;

namespace Grid.Protocol.Manifests;

/// <summary>Names a secret without holding it.</summary>
/// <param name="Name">The variable's name, or <c>password</c> for a credential.</param>
public sealed record SecretRef(string Service, SecretKind Kind, string Name);
