using Grid.Protocol;

namespace Grid.Gpus;

/// <summary>The key of an <see cref="IGpuGrain"/>: <c>provider/device uuid</c>.</summary>
public readonly record struct GpuKey(ProviderId Provider, string DeviceUuid)
{
    public override string ToString() => $"{Provider}/{DeviceUuid}";
}
