namespace Grid.Eras;

/// <summary>How far an operator is with an era. Each stage is durable before anything of it leaves the operator.</summary>
public enum EraStage
{
    /// <summary>The era runs, or has just ended.</summary>
    Observing,

    /// <summary>This operator's own book is published; those of the others are awaited.</summary>
    Gathering,

    /// <summary>This operator has voted, once and for all, and awaits a quorum.</summary>
    Voted,

    /// <summary>A quorum's signatures are handed to the chain.</summary>
    Submitted,

    /// <summary>The root is on the chain, or in the operator's own ledger.</summary>
    Committed,

    /// <summary>As above, and past any reorganization.</summary>
    Final,

    /// <summary>Nobody committed a root in time: for ever. Cumulative rewards go on with the next era.</summary>
    Missed,
}
