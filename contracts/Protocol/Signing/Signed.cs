using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>A value and somebody's signature over it. It says nothing about who signed until <see cref="Recover"/> is asked.</summary>
public sealed record Signed<T>(T Value, Signature Signature)
    where T : ISignedType
{
    /// <returns>The signer, or null where the value is not well formed or the signature is none.</returns>
    public Address? Recover(Eip712Domain domain)
    {
        if (Value is null || !Value.IsWellFormed()) return null;
        return Secp256k1.TryRecover(Value.Digest(domain), Signature, out var signer) ? signer : null;
    }

    /// <summary>False also for the zero address, which nobody has a key for.</summary>
    public bool IsSignedBy(Address signer, Eip712Domain domain) => !signer.IsZero && Recover(domain) == signer;
}
