using Orleans;
using Orleans.Concurrency;

namespace Grid.Shards;

/// <summary>
/// A grain that can look again at what it owes and is owed. A hint carries no data and may be lost or doubled: whatever it would cause,
/// the sweep that its shard starts every minute finds as well.
/// </summary>
[Alias("Grid.Shards.ISweptGrain")]
public interface ISweptGrain : IGrainWithStringKey
{
    [OneWay]
    [Alias("LookAgain")]
    Task LookAgain();
}
