using Grid.Chain.Crypto;

namespace Grid.Protocol;

/// <summary>An input file of a service.</summary>
/// <param name="Sha256">Of the plaintext.</param>
/// <param name="Bytes">Length of the plaintext.</param>
public sealed record NamedInput(string Service, string Name, Hash256 Sha256, long Bytes);
