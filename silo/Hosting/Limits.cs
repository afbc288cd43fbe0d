namespace Grid.Silo.Hosting;

internal static class Limits
{
    /// <summary>How long the published sealing key may be sealed to. Each start signs anew.</summary>
    public const int SealingKeyDays = 365;

    public const int MaxSealingKeyFileBytes = 4096;

    /// <summary>How long a readiness probe waits for the store and a grain.</summary>
    public const int ProbeTimeoutMs = 2_000;

    /// <summary>How long a probe's outcome is told again without another one.</summary>
    public const int ProbeLifetimeMs = 1_000;
}
