using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Grid.Protocol;

namespace Grid.Silo.Links;

/// <summary>The sessions that stand, one for each provider.</summary>
internal sealed class NodeSessions
{
    private readonly ConcurrentDictionary<ProviderId, NodeSession> _sessions = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Count => _sessions.Count;

    /// <summary>Completes at the next change: take it before you look.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    public bool TryFind(ProviderId provider, [NotNullWhen(true)] out NodeSession? session) => _sessions.TryGetValue(provider, out session);

    public IReadOnlyCollection<NodeSession> All() => [.. _sessions.Values];

    public void Add(NodeSession session)
    {
        _sessions[session.Provider] = session;
        Announce();
    }

    public void Remove(NodeSession session)
    {
        _sessions.TryRemove(new KeyValuePair<ProviderId, NodeSession>(session.Provider, session));
        Announce();
    }

    private void Announce() => Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
