namespace Grid.Chain.Crypto;

/// <summary>How dear scrypt makes each guess at a passphrase (RFC 7914): memory is 128 · N · R bytes, time grows with N · R · P.</summary>
/// <param name="N">CPU and memory cost, a power of two.</param>
/// <param name="R">Block size.</param>
/// <param name="P">Parallelism.</param>
public sealed record KeystoreCost(int N, int R, int P)
{
    /// <summary>256 MiB, about a second: keys that hold money.</summary>
    public static KeystoreCost Standard { get; } = new(262_144, 8, 1);

    /// <summary>4 MiB, well under a second: demonstrations and tests.</summary>
    public static KeystoreCost Light { get; } = new(4096, 8, 6);
}
