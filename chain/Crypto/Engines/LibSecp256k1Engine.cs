using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Grid.Chain.Crypto.Engines;

/// <summary>
/// bitcoin-core's libsecp256k1 with its recovery module, found at run time; nothing fails where it is missing.
/// The library aborts the process on illegal arguments, so every pointer handed over here has its documented size.
/// </summary>
internal sealed unsafe class LibSecp256k1Engine : Secp256k1Engine
{
    // Every soname since 0.2 keeps these functions; Debian 12 has .so.1, Debian 13 .so.2.
    private static readonly string[] s_names = ["libsecp256k1.so.1", "libsecp256k1.so.2", "libsecp256k1.so.5", "libsecp256k1.so.6"];

    private const uint SignAndVerify = 0x0301; // SECP256K1_CONTEXT_SIGN | SECP256K1_CONTEXT_VERIFY
    private const uint Uncompressed = 2;
    private const int PublicKeyBytes = 65;

    private readonly nint _context;
    private readonly delegate* unmanaged<nint, byte*, byte*, int> _createPublicKey;
    private readonly delegate* unmanaged<nint, byte*, nuint*, byte*, uint, int> _serializePublicKey;
    private readonly delegate* unmanaged<nint, byte*, byte*, byte*, nint, nint, int> _sign;
    private readonly delegate* unmanaged<nint, byte*, int*, byte*, int> _serializeSignature;
    private readonly delegate* unmanaged<nint, byte*, byte*, int, int> _parseSignature;
    private readonly delegate* unmanaged<nint, byte*, byte*, byte*, int> _recover;

    private LibSecp256k1Engine(nint library)
    {
        _createPublicKey = (delegate* unmanaged<nint, byte*, byte*, int>)NativeLibrary.GetExport(library, "secp256k1_ec_pubkey_create");
        _serializePublicKey = (delegate* unmanaged<nint, byte*, nuint*, byte*, uint, int>)NativeLibrary.GetExport(library, "secp256k1_ec_pubkey_serialize");
        _sign = (delegate* unmanaged<nint, byte*, byte*, byte*, nint, nint, int>)NativeLibrary.GetExport(library, "secp256k1_ecdsa_sign_recoverable");
        _serializeSignature = (delegate* unmanaged<nint, byte*, int*, byte*, int>)NativeLibrary.GetExport(library, "secp256k1_ecdsa_recoverable_signature_serialize_compact");
        _parseSignature = (delegate* unmanaged<nint, byte*, byte*, int, int>)NativeLibrary.GetExport(library, "secp256k1_ecdsa_recoverable_signature_parse_compact");
        _recover = (delegate* unmanaged<nint, byte*, byte*, byte*, int>)NativeLibrary.GetExport(library, "secp256k1_ecdsa_recover");
        _context = CreateContext(library);
    }

    public override string Name => "libsecp256k1";

    public static Secp256k1Engine? TryLoad()
    {
        foreach (var name in s_names)
        {
            if (!NativeLibrary.TryLoad(name, out var library)) continue;
            if (TryBind(library) is { } engine) return engine;
        }

        return null;
    }

    public override void DerivePublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey)
    {
        var opaque = stackalloc byte[64];
        fixed (byte* key = privateKey)
        {
            if (_createPublicKey(_context, opaque, key) != 1) throw new CryptographicException("libsecp256k1 refused the private key.");
        }

        Serialize(opaque, publicKey);
    }

    public override Signature Sign(ReadOnlySpan<byte> privateKey, Hash256 digest)
    {
        var message = stackalloc byte[32];
        // RFC 6979 feeds the digest modulo n into the nonce; older releases of the library feed it as it is.
        ReduceModuloN(digest).CopyTo(new Span<byte>(message, 32));
        var opaque = stackalloc byte[65];
        var compact = stackalloc byte[64];
        int recoveryId;
        fixed (byte* key = privateKey)
        {
            if (_sign(_context, opaque, message, key, 0, 0) != 1) throw new CryptographicException("libsecp256k1 could not sign.");
        }

        if (_serializeSignature(_context, compact, &recoveryId, opaque) != 1 || recoveryId > 1)
            throw new CryptographicException("libsecp256k1 made a signature that Ethereum has no form for.");
        return new Signature(new Hash256(new ReadOnlySpan<byte>(compact, 32)), new Hash256(new ReadOnlySpan<byte>(compact + 32, 32)), (byte)(27 + recoveryId));
    }

    public override bool TryRecover(Hash256 digest, Signature signature, Span<byte> publicKey)
    {
        var message = stackalloc byte[32];
        digest.CopyTo(new Span<byte>(message, 32));
        var wire = stackalloc byte[Signature.SizeBytes];
        signature.CopyTo(new Span<byte>(wire, Signature.SizeBytes));
        var opaque = stackalloc byte[65];
        if (_parseSignature(_context, opaque, wire, signature.V - 27) != 1) return false;

        var key = stackalloc byte[64];
        if (_recover(_context, key, opaque, message) != 1) return false;
        Serialize(key, publicKey);
        return true;
    }

    private static LibSecp256k1Engine? TryBind(nint library)
    {
        try
        {
            var engine = new LibSecp256k1Engine(library);
            if (KnownAnswer.Holds(engine)) return engine;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or CryptographicException)
        {
            // Built without the recovery module, or broken: as good as missing, since the managed engine does the same.
        }

        NativeLibrary.Free(library);
        return null;
    }

    private static nint CreateContext(nint library)
    {
        var create = (delegate* unmanaged<uint, nint>)NativeLibrary.GetExport(library, "secp256k1_context_create");
        var randomize = (delegate* unmanaged<nint, byte*, int>)NativeLibrary.GetExport(library, "secp256k1_context_randomize");
        var context = create(SignAndVerify);
        var seed = stackalloc byte[32];
        RandomNumberGenerator.Fill(new Span<byte>(seed, 32));
        // Blinds the generator's multiples against side channels; changes no result.
        if (randomize(context, seed) != 1) throw new CryptographicException("libsecp256k1 could not blind its context.");
        return context;
    }

    private void Serialize(byte* opaque, Span<byte> publicKey)
    {
        nuint length = PublicKeyBytes;
        var target = publicKey[..PublicKeyBytes];
        fixed (byte* output = target)
        {
            _ = _serializePublicKey(_context, output, &length, opaque, Uncompressed);
        }
    }

    private static Hash256 ReduceModuloN(Hash256 digest)
    {
        if (digest < CurveOrder.N) return digest;
        // Below 2n always, since n > 2^255: one subtraction.
        Span<byte> word = stackalloc byte[32], order = stackalloc byte[32];
        digest.CopyTo(word);
        CurveOrder.N.CopyTo(order);
        var borrow = 0;
        for (var i = 31; i >= 0; i--)
        {
            var difference = word[i] - order[i] - borrow;
            borrow = difference < 0 ? 1 : 0;
            word[i] = (byte)difference;
        }

        return new Hash256(word);
    }
}
