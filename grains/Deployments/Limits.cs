namespace Grid.Deployments;

internal static class Limits
{
    /// <summary>Orders that are live at the same time in one deployment.</summary>
    public const int Orders = 1024;

    /// <summary>How often one order is tried anew before its deployment gives up: rollovers after failures of providers.</summary>
    public const int Generations = 16;

    /// <summary>Generations that follow each other at once where every ranked provider refuses.</summary>
    public const int TriesAtOnce = 4;

    /// <summary>How many ticks pass between two looks at leases that run.</summary>
    public const int QuietTicks = 6;

    public const int ManifestBytes = 1 << 20;

    public const int Secrets = 4096;

    public const int Inputs = 256;
}
