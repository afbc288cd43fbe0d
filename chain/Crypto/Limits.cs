namespace Grid.Chain.Crypto;

/// <summary>The bounds of this part. Those of keystores hold off files made to exhaust memory or time.</summary>
public static class Limits
{
    /// <summary>Texts of addresses that are remembered, of 42 characters each; a power of two.</summary>
    public const int RememberedAddressTexts = 16 * 1024;

    /// <summary>Fields of one EIP-712 struct.</summary>
    public const int MaxStructFields = 24;

    /// <summary>A keystore is about 500 bytes.</summary>
    public const int MaxKeystoreBytes = 16 * 1024;

    public const int MaxKeystoreDepth = 4;

    public const int MaxPassphraseBytes = 1024;

    public const int MaxSaltBytes = 128;

    /// <summary>scrypt's table, 128 · n · r: twice that of the standard cost.</summary>
    public const long MaxScryptMemoryBytes = 512L * 1024 * 1024;

    /// <summary>n · r · p: four times that of the standard cost, some seconds.</summary>
    public const long MaxScryptWork = 1L << 23;

    public const int MaxScryptBlockSize = 64;

    public const int MaxScryptParallelism = 64;

    /// <summary>Some seconds.</summary>
    public const int MaxPbkdf2Iterations = 10_000_000;
}
