using System.Collections.Concurrent;
using Grid.Protocol;
using Grid.Protocol.Challenges;
using Grid.Protocol.Link.Messages;

namespace Grid.Silo.Operators;

/// <summary>The challenges that nodes are at work on: at most one each. An answer in time that holds is passed; everything else, once the time is over, is not.</summary>
internal sealed class ChallengeDesk(TimeProvider time)
{
    private readonly ConcurrentDictionary<ProviderId, Pending> _pending = new();
    private readonly ConcurrentQueue<(ProviderId Provider, ChallengeSet Challenge, bool IsPassed)> _ended = new();

    /// <returns>False where one is under way.</returns>
    public bool TryBegin(ProviderId provider, ChallengeSet challenge) => _pending.TryAdd(provider, new Pending(challenge, time.GetTimestamp()));

    /// <summary>The session ended before the answer: whether the node was there at all is told by what was heard of it.</summary>
    public void Drop(ProviderId provider) => _pending.TryRemove(provider, out _);

    public void Take(ProviderId provider, ChallengeAnswered answer)
    {
        if (!_pending.TryGetValue(provider, out var pending) || pending.Challenge.Era != answer.Era || pending.Challenge.Slot != answer.Slot) return;
        if (!_pending.TryRemove(new KeyValuePair<ProviderId, Pending>(provider, pending))) return;
        var isPassed = !IsLate(pending) && answer.Proof.Openings is not null && MemoryWork.IsDone(pending.Challenge.Seed, pending.Challenge.MemoryMib, answer.Proof);
        _ended.Enqueue((provider, pending.Challenge, isPassed));
    }

    /// <summary>Those that have ended since, each once.</summary>
    public IReadOnlyList<(ProviderId Provider, ChallengeSet Challenge, bool IsPassed)> TakeEnded()
    {
        foreach (var (provider, pending) in _pending)
        {
            if (IsLate(pending) && _pending.TryRemove(new KeyValuePair<ProviderId, Pending>(provider, pending))) _ended.Enqueue((provider, pending.Challenge, false));
        }

        var ended = new List<(ProviderId, ChallengeSet, bool)>();
        while (_ended.TryDequeue(out var next)) ended.Add(next);
        return ended;
    }

    private bool IsLate(Pending pending) => time.GetElapsedTime(pending.SentAt).TotalMilliseconds > pending.Challenge.DeadlineMs;

    private sealed record Pending(ChallengeSet Challenge, long SentAt);
}
