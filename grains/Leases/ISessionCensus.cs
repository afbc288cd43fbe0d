namespace Grid.Leases;

/// <summary>Whether it is the nodes that are away, or the operator itself.</summary>
public interface ISessionCensus
{
    /// <summary>False when more than half of the sessions were lost within the time that makes a node lost: then the operator is the one that is cut off.</summary>
    bool HasKeptHalf { get; }
}
