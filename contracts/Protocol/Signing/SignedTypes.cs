using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>Signing and digests, the same for every signed type.</summary>
public static class SignedTypes
{
    /// <summary>What is signed: keccak256(0x1901 ‖ domain separator ‖ struct hash) (EIP-712).</summary>
    public static Hash256 Digest<T>(this T value, Eip712Domain domain)
        where T : ISignedType => Eip712.Digest(domain.Separator, value.StructHash());

    /// <exception cref="ArgumentException">A field lies outside its EIP-712 type.</exception>
    public static Signed<T> Sign<T>(this T value, PrivateKey key, Eip712Domain domain)
        where T : ISignedType
    {
        if (!value.IsWellFormed()) throw new ArgumentException($"This {typeof(T).Name} has a negative amount, count or expiry: {value}.", nameof(value));
        return new Signed<T>(value, key.Sign(value.Digest(domain)));
    }
}
