namespace Grid.Client;

/// <summary>What kind of thing went wrong: enough for a program to decide what to do next.</summary>
public enum GridErrorKind
{
    /// <summary>The file, name or amount that the caller gave can't be used.</summary>
    InvalidInput,

    /// <summary>No answer from the operator within the deadline, for a call that changes nothing.</summary>
    Unreachable,

    /// <summary>The call may have had its effect: ask again with the same operation, or look at the state.</summary>
    OutcomeUnknown,

    /// <summary>The operator answered with a refusal.</summary>
    Refused,

    NotFound,

    /// <summary>The wallet may not do this, or the operator does not believe its signature.</summary>
    Unauthorized,

    /// <summary>Whoever answers is not the operator that was trusted before.</summary>
    OperatorChanged,

    /// <summary>What came back is not what was asked for: a wrong hash, an unreadable record.</summary>
    BadAnswer,
}

/// <summary>Something the caller can act on: the message says what happened and what to do, and never holds a secret.</summary>
public sealed class GridException(GridErrorKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public GridErrorKind Kind { get; } = kind;

    /// <summary>The operator's own code for its refusal, as <c>account.insufficient</c>; null where the operator named none.</summary>
    public string? Code { get; init; }

    /// <summary>HTTP status, where an answer came.</summary>
    public int? Status { get; init; }
}
