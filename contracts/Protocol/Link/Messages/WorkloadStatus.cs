using Grid.Chain.Crypto;

namespace Grid.Protocol.Link.Messages;

/// <summary>One replica of one service, as its node sees it.</summary>
/// <param name="Ordinal">Replica of the service, from 0.</param>
/// <param name="Attempt">Raised by each retry, from 0.</param>
/// <param name="ExitCode">Set where it exited.</param>
/// <param name="Seconds">Whole billable seconds of the lease at the last change.</param>
/// <param name="Outputs">What it made, known when it exited.</param>
/// <param name="Message">Why it failed, for people.</param>
public sealed record WorkloadStatus(
    string Service,
    uint Ordinal,
    uint Attempt,
    WorkloadPhase Phase,
    int? ExitCode,
    bool IsOomKilled,
    long Seconds,
    IReadOnlyList<WorkloadOutput> Outputs,
    string? Message = null);

/// <param name="Sha256">Of the plaintext.</param>
/// <param name="Bytes">Length of the plaintext.</param>
public sealed record WorkloadOutput(string Name, Hash256 Sha256, long Bytes);
