using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;
using Grid.Protocol.Slashing;

namespace Grid.Slashing;

/// <summary>The rules of cases: <c>Gathering → Submitted → Proposed → Dismissed | Upheld | Executed</c>. What the chain says is believed over everything before.</summary>
public static class Slashings
{
    public static SlashingState Watch(SlashingState state, LeaseId lease)
    {
        if (state.Watched.Contains(lease)) return state;
        var kept = state.Watched.Length < Limits.WatchedLeases ? state.Watched : state.Watched.RemoveAt(0);
        return state with { Watched = kept.Add(lease) };
    }

    public static LeaseMark MarkOf(SlashingState state, LeaseId lease) => state.Marks.GetValueOrDefault(lease)?.Mark ?? default;

    /// <summary>Whether this very fault was signed before: signing it again is no second accusation.</summary>
    public static bool HasSigned(SlashingState state, Fault fault) => state.Marks.GetValueOrDefault(fault.Lease)?.Fault == fault.StructHash();

    /// <returns>Why this operator can't sign another fault of the lease now; null where it can.</returns>
    public static string? SigningRefusal(SlashingState state, Fault fault, SlashingTerms terms, long now)
    {
        if (fault.ToUnixSeconds > now) return $"it ends at {fault.ToUnixSeconds}, now is {now}.";
        if (fault.ToUnixSeconds < now - terms.ReportSeconds) return $"it ended at {fault.ToUnixSeconds}: faults are taken for {terms.ReportSeconds} s.";
        if (fault.ToUnixSeconds - fault.FromUnixSeconds > terms.ReportSeconds) return $"it lasts longer than the {terms.ReportSeconds} s in which faults are taken.";
        var isFull = !state.Marks.ContainsKey(fault.Lease) && state.Marks.Count >= Limits.MarkedLeases && Forgettable(state, terms, now) is null;
        return isFull ? $"{Limits.MarkedLeases} leases of this provider are accused within {terms.ReportSeconds} s already." : null;
    }

    /// <summary>Stored before the signature leaves this operator.</summary>
    public static SlashingState Sign(SlashingState state, Fault fault, SlashingTerms terms, long now)
    {
        var mark = MarkOf(state, fault.Lease);
        Invariant.That(fault.FromUnixSeconds >= mark.UntilUnixSeconds, "INV-SLASH-01", $"{fault.FromUnixSeconds} after {mark.UntilUnixSeconds} of lease {fault.Lease}");
        var marks = state.Marks;
        if (!marks.ContainsKey(fault.Lease) && marks.Count >= Limits.MarkedLeases && Forgettable(state, terms, now) is { } old) marks = marks.Remove(old);
        return state with { Marks = marks.SetItem(fault.Lease, new SignedMark(mark.After(fault), fault.StructHash())) };
    }

    /// <summary>This operator reports a fault of a lease of its own, which it has signed.</summary>
    public static SlashingState Report(SlashingState state, FaultClaim claim, Address self, Signature signature)
    {
        var votes = ImmutableSortedDictionary<Address, Signature>.Empty.Add(self, signature);
        return Put(state, new SlashCase { Id = claim.Fault.StructHash(), State = CaseState.Gathering, Lease = claim.Fault.Lease, Claim = claim, Votes = votes });
    }

    /// <param name="voter">Who signed; the caller has checked it.</param>
    public static Decision<SlashingState, bool> Vote(SlashingState state, Hash256 id, Address voter, Signature signature)
    {
        if (Find(state, id) is not { State: CaseState.Gathering } known || known.Votes.ContainsKey(voter)) return new(state, false);
        return new(Put(state, known with { Votes = known.Votes.Add(voter, signature) }), true, HasChanged: true);
    }

    /// <summary>What has become of those that await signatures, by the weights of now and the time.</summary>
    public static SlashingState Count(SlashingState state, OperatorWeights weights, SlashingTerms terms, long now)
    {
        foreach (var open in state.Cases.Where(static one => one.State is CaseState.Gathering or CaseState.Submitted))
        {
            var isLate = now > open.Claim!.Fault.ToUnixSeconds + terms.ReportSeconds;
            if (open.State == CaseState.Submitted) state = isLate ? Put(state, open with { State = CaseState.Dropped, Reason = "the court did not take it in time." }) : state;
            else if (weights.IsQuorum(open.Votes.Keys)) state = Put(state, open with { State = CaseState.Submitted });
            else if (isLate) state = Put(state, open with { State = CaseState.Dropped, Reason = "no quorum signed in time." });
        }

        return state;
    }

    public static Decision<SlashingState, bool> Learn(SlashingState state, CaseNews news)
    {
        var known = Find(state, news.Id);
        if (known is not null && !IsNewer(known.State, news.State)) return new(state, false);
        var next = (known ?? new SlashCase { Id = news.Id }) with
        {
            State = news.State,
            Lease = known is null ? news.Lease : known.Lease,
            Amount = news.Amount == Money.Zero && news.State != CaseState.Executed ? known?.Amount ?? Money.Zero : news.Amount,
            DecidedAtUnixSeconds = news.DecidedAtUnixSeconds == 0 ? known?.DecidedAtUnixSeconds ?? 0 : news.DecidedAtUnixSeconds,
            Shares = news.Shares,
            Reason = news.Reason,
        };
        return new(Put(state, next), true, HasChanged: true);
    }

    /// <summary>Whether it is this operator's turn to have a case executed: first the reporter, whose share it is, then anybody.</summary>
    public static bool IsDue(SlashCase one, long now, long othersWaitSeconds)
    {
        if (one.State is not (CaseState.Proposed or CaseState.Upheld)) return false;
        return now >= one.DecidedAtUnixSeconds + (one.Claim is null ? othersWaitSeconds : 0);
    }

    public static SlashingView View(SlashingState state) => new(
        [.. state.Cases.Select(static one => new CaseView(
            one.Id, one.State, one.Lease, one.Claim, [.. one.Votes.Keys], one.Amount, one.DecidedAtUnixSeconds, one.Shares, one.Reason))],
        state.ExaminedThrough);

    private static bool IsNewer(CaseState known, CaseState told) => known switch
    {
        CaseState.Dismissed or CaseState.Executed => false,
        // The court has taken what this operator had given up.
        CaseState.Dropped => told != CaseState.Dropped,
        _ => told > known,
    };

    private static SlashCase? Find(SlashingState state, Hash256 id) => state.Cases.FirstOrDefault(one => one.Id == id);

    /// <summary>An open case is never forgotten; of the closed ones the latest are kept.</summary>
    private static SlashingState Put(SlashingState state, SlashCase one)
    {
        var at = state.Cases.IndexOf(state.Cases.FirstOrDefault(known => known.Id == one.Id)!);
        var cases = at < 0 ? state.Cases.Add(one) : state.Cases.SetItem(at, one);
        if (cases.Count(static known => !known.IsOpen) > Limits.ClosedCases) cases = cases.Remove(cases.First(static known => !known.IsOpen));
        return state with { Cases = cases };
    }

    // What may be reported now ends within one report window and is no longer than one: it begins behind this mark.
    private static LeaseId? Forgettable(SlashingState state, SlashingTerms terms, long now)
    {
        var oldest = state.Marks.MinBy(static entry => entry.Value.Mark.UntilUnixSeconds);
        return oldest.Value.Mark.UntilUnixSeconds <= now - 2 * terms.ReportSeconds ? oldest.Key : null;
    }
}
