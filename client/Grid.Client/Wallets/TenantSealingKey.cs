using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Protocol.Sealing;

namespace Grid.Client;

/// <summary>
/// The P-256 key that results are sealed to, derived from the wallet's key alone: whoever has the wallet can fetch from any machine.
/// Scalar = HKDF-SHA256(wallet key, info = <c>grid tenant sealing key v1</c> ‖ counter), the first counter whose output is a scalar of the curve.
/// </summary>
internal static class TenantSealingKey
{
    private const int ScalarBytes = 32;

    private static ReadOnlySpan<byte> Info => "grid tenant sealing key v1"u8;

    private static readonly byte[] CurveOrder = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    public static SealingKeyPair Derive(PrivateKey wallet)
    {
        Span<byte> secret = stackalloc byte[PrivateKey.SizeBytes];
        var scalar = new byte[ScalarBytes];
        try
        {
            wallet.CopyTo(secret);
            DeriveScalar(secret, scalar);
            return Import(scalar);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(scalar);
        }
    }

    private static void DeriveScalar(ReadOnlySpan<byte> secret, byte[] scalar)
    {
        Span<byte> info = stackalloc byte[Info.Length + 1];
        Info.CopyTo(info);
        do
        {
            HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, scalar, salt: [], info);
            info[^1]++;
        }
        while (!IsScalar(scalar));
    }

    private static bool IsScalar(ReadOnlySpan<byte> value) => value.ContainsAnyExcept((byte)0) && value.SequenceCompareTo(CurveOrder) < 0;

    private static SealingKeyPair Import(byte[] scalar)
    {
        using var key = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });
        var pkcs8 = key.ExportPkcs8PrivateKey();
        try
        {
            return SealingKeyPair.ImportPkcs8(pkcs8);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }
}
