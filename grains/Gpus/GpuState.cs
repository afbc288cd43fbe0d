using System.Collections.Immutable;
using Grid.Protocol;

namespace Grid.Gpus;

public sealed record GpuState
{
    public ImmutableSortedDictionary<LeaseId, GpuShare> Shares { get; init => field = value.OrEmpty(); } = ImmutableSortedDictionary<LeaseId, GpuShare>.Empty;
}

/// <param name="ExpiresAt">Null once the lease is open.</param>
public sealed record GpuShare(int ShareMillis, DateTimeOffset? ExpiresAt)
{
    public bool IsLiveAt(DateTimeOffset now) => ExpiresAt is null || ExpiresAt > now;
}
