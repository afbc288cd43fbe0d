namespace Grid.Protocol.SignIn;

/// <summary>Bounds of a sign-in message, checked before it is parsed.</summary>
public static class Limits
{
    public const int MaxMessageLength = 4096;

    public const int MaxResources = 16;

    /// <summary>EIP-4361 asks for at least this many letters and digits.</summary>
    public const int MinNonceLength = 8;

    public const int MaxNonceLength = 64;
}
