namespace Grid.Pricing;

internal static class Limits
{
    /// <summary>Every step of the last hour, at a tick of ten seconds.</summary>
    public const int RecentPoints = 60;

    public const int StepsPerSparsePoint = 60;

    /// <summary>A week of hours.</summary>
    public const int SparsePoints = 168;

    /// <summary>Followers that one step hints at; the others find the new price with their next report.</summary>
    public const int HintsAtOnce = 256;

    /// <summary>Providers report every minute: who was silent for three offers nothing.</summary>
    public static readonly TimeSpan ReportAge = TimeSpan.FromMinutes(3);

    /// <summary>A grain that starts again waits until everybody has reported.</summary>
    public static readonly TimeSpan FirstStepAfter = TimeSpan.FromSeconds(75);
}
