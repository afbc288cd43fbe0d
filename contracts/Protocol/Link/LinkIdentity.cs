using Grid.Chain.Crypto;

namespace Grid.Protocol.Link;

/// <summary>Who speaks, and on which grid.</summary>
public sealed record LinkIdentity(PrivateKey Key, Eip712Domain Domain)
{
    public Address Address => Key.Address;
}
