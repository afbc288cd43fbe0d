using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>A deployment's id is the digest of its first authorization: nobody chooses it.</summary>
public static class DeploymentIds
{
    public static DeploymentId Derive(Authorization first, Eip712Domain domain) => new(first.Digest(domain));
}
