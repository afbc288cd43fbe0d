using Org.BouncyCastle.Crypto.Digests;

namespace Grid.Chain.Crypto;

/// <summary>Keccak-256 as Ethereum uses it: the original Keccak padding, not FIPS 202's SHA3-256.</summary>
public static class Keccak256
{
    public static Hash256 Hash(ReadOnlySpan<byte> data)
    {
        var digest = new KeccakDigest(256);
        var input = data.ToArray();
        digest.BlockUpdate(input, 0, input.Length);
        var output = new byte[Hash256.SizeBytes];
        digest.DoFinal(output, 0);
        return new Hash256(output);
    }
}
