namespace Grid.Protocol.Slashing;

/// <summary>The bounds of claims between operators.</summary>
public static class Limits
{
    /// <summary>Of a claim as JSON: four signed types and a fault.</summary>
    public const int MaxClaimBytes = 16 * 1024;
}
