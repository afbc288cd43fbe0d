using Grid.Matching;
using Grid.Protocol;

namespace Grid.Providers;

/// <summary>For which order that stands a provider's room is kept, and until when. In memory: who waits asks for it again.</summary>
internal sealed class KeptRoom
{
    private RoomRequest? _for;
    private DateTimeOffset _until;

    public bool IsFor(OrderId order, DateTimeOffset now) => IsLiveAt(now) && _for!.Order == order;

    public bool IsAgainst(OrderId order, DateTimeOffset now) => IsLiveAt(now) && _for!.Order != order;

    /// <summary>The room is emptied for an order that does not fit yet: nothing of it is listed.</summary>
    public bool HidesRoom(DateTimeOffset now, Func<MatchRequirement, RoomFit> fits) =>
        IsLiveAt(now) && _for!.Drains && fits(_for.Requirement) != RoomFit.Now;

    /// <returns>Whether it is kept for this order now: an older one has precedence.</returns>
    public bool TryKeep(RoomRequest request, DateTimeOffset now, DateTimeOffset until)
    {
        var isYounger = IsAgainst(request.Order, now) && (request.Since, request.Order).CompareTo((_for!.Since, _for.Order)) > 0;
        if (isYounger) return false;
        (_for, _until) = (request, until);
        return true;
    }

    public void LetGo() => _for = null;

    private bool IsLiveAt(DateTimeOffset now) => _for is not null && _until > now;
}
