namespace Grid.Chain.Ethereum;

public enum ChainFault
{
    /// <summary>No answer in time, no connection, or the server is overloaded.</summary>
    Unreachable,

    /// <summary>The server answered with an error.</summary>
    Refused,

    /// <summary>The answer is not what was asked for, or too large.</summary>
    Malformed,

    /// <summary>Two endpoints answer differently: a reorg on its way, or a lie.</summary>
    Disagreement,

    /// <summary>One endpoint is far behind the other.</summary>
    Lagging,

    /// <summary>Logs are missing from an answer.</summary>
    Incomplete,

    /// <summary>The chain changed between two questions.</summary>
    Reorged,

    /// <summary>A reorg took away what was final: nothing goes on by itself.</summary>
    FinalityViolated,
}

/// <summary>Nothing was learned from the chain.</summary>
public sealed class ChainException(ChainFault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    public ChainFault Fault { get; } = fault;
}
