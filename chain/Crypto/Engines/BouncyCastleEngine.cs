using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;
using CryptographicOperations = System.Security.Cryptography.CryptographicOperations;

namespace Grid.Chain.Crypto.Engines;

/// <summary>secp256k1 on BouncyCastle's curve, with its fixed-base comb for multiples of the generator.</summary>
internal sealed class BouncyCastleEngine : Secp256k1Engine
{
    private readonly ECCurve _curve;
    private readonly ECPoint _generator;
    private readonly BigInteger _n;
    private readonly BigInteger _halfN;
    private readonly ECFieldElement _b;
    private readonly FixedPointCombMultiplier _comb = new();

    public BouncyCastleEngine()
    {
        X9ECParameters parameters = CustomNamedCurves.GetByName("secp256k1");
        _curve = parameters.Curve;
        _generator = parameters.G;
        _n = parameters.N;
        _halfN = parameters.N.ShiftRight(1);
        _b = parameters.Curve.B;
        FixedPointUtilities.Precompute(_generator);
    }

    public override string Name => "BouncyCastle";

    public override void DerivePublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey) =>
        Encode(_comb.Multiply(_generator, ReadNumber(privateKey)), publicKey);

    public override Signature Sign(ReadOnlySpan<byte> privateKey, Hash256 digest)
    {
        var d = ReadNumber(privateKey);
        var message = digest.ToByteArray();
        var z = new BigInteger(1, message);
        var nonces = new HMacDsaKCalculator(new Sha256Digest());
        nonces.Init(_n, d, message);

        while (true)
        {
            var k = nonces.NextK();
            var point = _comb.Multiply(_generator, k).Normalize();
            var r = point.AffineXCoord.ToBigInteger();
            // x in [n, p) has a chance of 2^-128 and would need v = 29 or 30, which Ethereum does not know.
            if (r.SignValue == 0 || r.CompareTo(_n) >= 0) continue;

            var s = k.ModInverse(_n).Multiply(z.Add(d.Multiply(r))).Mod(_n);
            if (s.SignValue == 0) continue;

            var isYOdd = point.AffineYCoord.TestBitZero();
            if (s.CompareTo(_halfN) <= 0) return ToSignature(r, s, isYOdd);
            // -s belongs to the mirrored nonce point, whose y has the other parity.
            return ToSignature(r, _n.Subtract(s), !isYOdd);
        }
    }

    public override bool TryRecover(Hash256 digest, Signature signature, Span<byte> publicKey)
    {
        var r = ToNumber(signature.R);
        if (!TryLift(r, isYOdd: signature.V == 28, out var noncePoint)) return false;

        var inverseOfR = r.ModInverse(_n);
        var u1 = _n.Subtract(ToNumber(digest).Mod(_n)).Multiply(inverseOfR).Mod(_n);
        var u2 = ToNumber(signature.S).Multiply(inverseOfR).Mod(_n);
        var key = ECAlgorithms.SumOfTwoMultiplies(_generator, u1, noncePoint, u2);
        if (key.IsInfinity) return false;

        Encode(key, publicKey);
        return true;
    }

    /// <summary>The point with this x, where there is one: y² = x³ + 7.</summary>
    private bool TryLift(BigInteger x, bool isYOdd, out ECPoint point)
    {
        point = _curve.Infinity;
        var fieldX = _curve.FromBigInteger(x);
        var y = fieldX.Square().Multiply(fieldX).Add(_b).Sqrt();
        if (y is null) return false;

        if (y.TestBitZero() != isYOdd) y = y.Negate();
        point = _curve.CreatePoint(x, y.ToBigInteger());
        return true;
    }

    private static Signature ToSignature(BigInteger r, BigInteger s, bool isYOdd) => new(ToWord(r), ToWord(s), (byte)(isYOdd ? 28 : 27));

    private static void Encode(ECPoint point, Span<byte> publicKey) => point.Normalize().GetEncoded(compressed: false).CopyTo(publicKey);

    private static BigInteger ToNumber(Hash256 word) => new(1, word.ToByteArray());

    private static Hash256 ToWord(BigInteger number)
    {
        Span<byte> word = stackalloc byte[Hash256.SizeBytes];
        word.Clear();
        var bytes = number.ToByteArrayUnsigned();
        bytes.CopyTo(word[(word.Length - bytes.Length)..]);
        return new Hash256(word);
    }

    private static BigInteger ReadNumber(ReadOnlySpan<byte> secret)
    {
        var copy = secret.ToArray();
        try
        {
            return new BigInteger(1, copy);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }
}
