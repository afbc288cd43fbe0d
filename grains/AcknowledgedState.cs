using Orleans;
using Orleans.Runtime;

namespace Grid;

/// <summary>
/// A grain's stored state as its callers may see it: reads that interleave with a write answer from what is durable, and a write that throws ends the
/// activation, whose successor loads what is really stored.
/// </summary>
public sealed class AcknowledgedState<T>(IPersistentState<T> storage, IGrainBase owner)
    where T : class, new()
{
    private T? _acknowledged;

    public bool Exists => storage.RecordExists;

    /// <summary>The last state that was stored, or the one loaded at activation.</summary>
    public T Value => _acknowledged ?? storage.State;

    /// <summary>Durable when it returns.</summary>
    public async Task Store(T next)
    {
        _acknowledged = Value;
        storage.State = next;
        try
        {
            await storage.WriteStateAsync();
        }
        catch
        {
            owner.DeactivateOnIdle();
            throw;
        }

        _acknowledged = next;
    }

    /// <summary>
    /// Keeps less in memory than is stored: for a state that is written once, and whose rest is read again by who asks for it.
    /// </summary>
    public void KeepOnly(T part) => _acknowledged = storage.State = part;

    /// <summary>Reads what is really stored, where another activation may have written meanwhile.</summary>
    public async Task Reload()
    {
        await storage.ReadStateAsync();
        _acknowledged = storage.State;
    }

    /// <summary>Removes the record; durable when it returns.</summary>
    public async Task Clear()
    {
        try
        {
            await storage.ClearStateAsync();
        }
        catch
        {
            owner.DeactivateOnIdle();
            throw;
        }

        _acknowledged = storage.State;
    }
}
