namespace Grid.Chain.Crypto;

/// <summary>The bounds of this part.</summary>
public static class Limits
{
    /// <summary>Fields of one EIP-712 struct.</summary>
    public const int MaxStructFields = 24;
}
