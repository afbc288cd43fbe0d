namespace Grid.Node.Inventory;

internal static class Limits
{
    /// <summary>GPUs and MIG instances that one machine may list; the rest is reported as a problem.</summary>
    public const int MaxGpus = 64;

    /// <summary>Output of a vendor's tool that is read; a longer one is cut.</summary>
    public const int MaxToolOutputChars = 1 << 20;

    public const int ToolTimeoutMs = 10_000;

    public const int MaxFieldChars = 128;

    public const int MaxProcFileChars = 1 << 20;
}
