using Grid.Protocol;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Gpus;

/// <summary>One device of one provider: <c>Free → Held → Leased → Draining/Offline</c>. Key: <see cref="GpuKey"/>.</summary>
[Alias("Grid.Gpus.IGpuGrain")]
public interface IGpuGrain : IGrainWithStringKey
{
    /// <summary>Holds a share of the device until the expiry. Idempotent by the lease's id.</summary>
    [Alias("Hold")]
    Task<GpuHoldResult> Hold(GpuHold hold);

    /// <summary>Turns the hold into the lease's own share. Idempotent by the lease's id.</summary>
    /// <returns>False where no such hold is left.</returns>
    [Alias("Confirm")]
    Task<bool> Confirm(LeaseId lease);

    /// <summary>Gives the share back. Idempotent by the lease's id.</summary>
    [Alias("Release")]
    Task Release(LeaseId lease);

    // A pure read of acknowledged state, so it need not wait for a write in flight.
    [AlwaysInterleave]
    [Alias("GetView")]
    Task<GpuView> GetView();
}

/// <param name="ShareMillis">Thousandths of the device.</param>
/// <param name="CapacityMillis">Thousandths that the device may be shared into; 1000 is one whole device.</param>
[GenerateSerializer, Alias("Grid.Gpus.GpuHold")]
public sealed record GpuHold(LeaseId Lease, int ShareMillis, int CapacityMillis, DateTimeOffset ExpiresAt);

[GenerateSerializer, Alias("Grid.Gpus.GpuHoldResult")]
public sealed record GpuHoldResult(bool IsHeld, int FreeMillis);

[GenerateSerializer, Alias("Grid.Gpus.GpuView")]
public sealed record GpuView(GpuPhase Phase, int FreeMillis, int HeldMillis, int LeasedMillis);

public enum GpuPhase
{
    Free,
    Held,
    Leased,
    Draining,
    Offline,
}
