namespace Grid.Leases;

/// <summary>What happens to a lease whose node is silent.</summary>
public enum PartitionRule
{
    /// <summary>At least one copy: a replacement starts at once.</summary>
    Keep = 0,

    /// <summary>At most one copy: the node stops by itself first.</summary>
    Stop = 1,
}
