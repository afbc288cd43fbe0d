namespace Grid.Client;

/// <summary>Which output of a lease.</summary>
/// <param name="FromOffset">A chunk's next offset, or 0 for all.</param>
/// <param name="Follow">Go on until the workload ends.</param>
public sealed record LogSelection(string Service, uint Ordinal = 0, long FromOffset = 0, bool Follow = false);
