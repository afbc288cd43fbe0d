using Grid.Protocol;

namespace Grid.Node.Execution;

/// <summary>One running copy of one service of one lease.</summary>
/// <param name="Replica">0 for the first copy. Copies with one number share a network namespace.</param>
public readonly record struct WorkloadKey(LeaseId Lease, string Service, int Replica)
{
    /// <summary>Unique within its lease and safe as a file name, since service names are checked before.</summary>
    public string FileName => $"{Service}.{Replica}";

    public override string ToString() => $"{Lease}/{FileName}";
}
