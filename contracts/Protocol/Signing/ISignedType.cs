using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>An EIP-712 type of the grid: fixed-size fields only, so that a contract can rebuild its hash.</summary>
public interface ISignedType
{
    /// <summary>keccak256(typeHash ‖ fields), each field one 32-byte word (EIP-712 <c>hashStruct</c>).</summary>
    Hash256 StructHash();

    /// <summary>
    /// False where a field lies outside its EIP-712 type: an amount, a count of seconds or an expiry below zero.
    /// Such a value came from the wire; no signature over it is believed.
    /// </summary>
    bool IsWellFormed();
}
