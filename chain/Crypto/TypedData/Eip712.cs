using System.Text;

namespace Grid.Chain.Crypto;

/// <summary>Digests of typed structured data (EIP-712).</summary>
public static class Eip712
{
    /// <summary>keccak256(0x19 ‖ 0x01 ‖ domainSeparator ‖ structHash): what is signed.</summary>
    public static Hash256 Digest(Hash256 domainSeparator, Hash256 structHash)
    {
        Span<byte> bytes = stackalloc byte[2 + 2 * Hash256.SizeBytes];
        bytes[0] = 0x19;
        bytes[1] = 0x01;
        domainSeparator.CopyTo(bytes[2..]);
        structHash.CopyTo(bytes[(2 + Hash256.SizeBytes)..]);
        return Keccak256.Hash(bytes);
    }

    /// <param name="encodedType">As <c>encodeType</c> writes it: <c>Mail(Person from,Person to,string contents)Person(string name,address wallet)</c>.</param>
    public static Hash256 TypeHash(string encodedType) => Keccak256.Hash(Encoding.UTF8.GetBytes(encodedType));
}
