using Grid.Shards;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grid.Silo.Hosting;

/// <summary>Whether the silo can do its work: it does not drain, its grains answer, its store takes a write.</summary>
internal sealed class Readiness(IGrainFactory grains, [FromKeyedServices(Readiness.StorageName)] IGrainStorage storage, Drain drain, TimeProvider time) : IDisposable
{
    public const string StorageName = "Default";

    private static readonly GrainId s_row = GrainId.Create("silo", "readiness");

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly GrainState<ReadyProbe> _state = new();
    private (long At, string? Fault)? _last;

    /// <returns>Null where it is ready; else what is not.</returns>
    public async Task<string?> FaultAsync(CancellationToken cancellation)
    {
        if (drain.HasStarted) return "The silo is shutting down.";
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (_last is { } last && time.GetElapsedTime(last.At) < TimeSpan.FromMilliseconds(Limits.ProbeLifetimeMs)) return last.Fault;
            var fault = await ProbeAsync();
            _last = (time.GetTimestamp(), fault);
            return fault;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<string?> ProbeAsync()
    {
        var patience = TimeSpan.FromMilliseconds(Limits.ProbeTimeoutMs);
        try
        {
            await grains.GetGrain<IShardGrain>(new ShardKey(ShardKind.Regions, 0, 0).ToString()).List().WaitAsync(patience, time);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            return "The grains do not answer.";
        }

        try
        {
            await WriteAsync().WaitAsync(patience, time);
            return null;
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or IOException)
        {
            return "The store takes no writes.";
        }
    }

    private async Task WriteAsync()
    {
        await storage.ReadStateAsync("probe", s_row, _state);
        _state.State = new ReadyProbe { At = time.GetUtcNow() };
        await storage.WriteStateAsync("probe", s_row, _state);
    }
}
