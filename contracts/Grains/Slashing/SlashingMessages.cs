using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Slashing;
using Orleans;

namespace Grid.Slashing;

/// <param name="Intervals">In order, without overlap, all within the era.</param>
/// <param name="EndUnixSeconds">Of the era.</param>
[GenerateSerializer, Alias("Grid.Slashing.DownReport")]
public sealed record DownReport(ulong Era, ImmutableArray<DownInterval> Intervals, long EndUnixSeconds);

/// <param name="ToUnixSeconds">First second behind it.</param>
[GenerateSerializer, Alias("Grid.Slashing.DownInterval")]
public sealed record DownInterval(long FromUnixSeconds, long ToUnixSeconds);

/// <summary>Either a signature under the fault, or why not.</summary>
[GenerateSerializer, Alias("Grid.Slashing.WitnessAnswer")]
public sealed record WitnessAnswer(Signature? Signature, string? Refusal);

public enum CaseState
{
    None = 0,

    /// <summary>This operator reports it; the others' signatures are awaited.</summary>
    Gathering = 1,

    /// <summary>A quorum has signed; it is on its way to the court.</summary>
    Submitted = 2,

    /// <summary>The court holds the stake that it may cost; it may be appealed.</summary>
    Proposed = 3,

    /// <summary>An arbiter found it right; it waits for its execution.</summary>
    Upheld = 4,

    /// <summary>For good: the stake that was held is free again.</summary>
    Dismissed = 5,

    /// <summary>For good.</summary>
    Executed = 6,

    /// <summary>It never came to the court: no quorum signed in time, or the court refused it.</summary>
    Dropped = 7,
}

/// <param name="Lease">Zero where it is not told.</param>
/// <param name="Amount">Held, or taken.</param>
/// <param name="StakedBefore">Of an executed case: the stake before it was taken.</param>
/// <param name="DecidedAtUnixSeconds">When the appeal window ends; zero where it is not told.</param>
[GenerateSerializer, Alias("Grid.Slashing.CaseNews")]
public sealed record CaseNews(
    Hash256 Id,
    CaseState State,
    LeaseId Lease = default,
    Money Amount = default,
    long DecidedAtUnixSeconds = 0,
    Money StakedBefore = default,
    SlashShares Shares = default,
    string? Reason = null);

/// <param name="Claim">Null of a case that others have reported.</param>
/// <param name="Voters">Whose signatures this operator has, ascending.</param>
[GenerateSerializer, Alias("Grid.Slashing.CaseView")]
public sealed record CaseView(
    Hash256 Id,
    CaseState State,
    LeaseId Lease,
    FaultClaim? Claim,
    ImmutableArray<Address> Voters,
    Money Amount,
    long DecidedAtUnixSeconds,
    SlashShares Shares,
    string? Reason);

/// <param name="Cases">Open ones and the latest closed ones, oldest first.</param>
/// <param name="ExaminedThrough">The latest era whose books were looked at; null before the first.</param>
[GenerateSerializer, Alias("Grid.Slashing.SlashingView")]
public sealed record SlashingView(ImmutableArray<CaseView> Cases, ulong? ExaminedThrough);
