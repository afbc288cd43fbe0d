using Grid.Runtime.Hosting;
using Grid.Runtime.Testing;

namespace Grid.Bench.Runtime;

/// <summary>A running silo with the bench's grains, one filter and response timeouts on.</summary>
internal static class BenchSilo
{
    public static async Task<InProcessTestCluster> StartAsync(Action<LocalSiloBuilder>? configure = null)
    {
        var cluster = new InProcessTestClusterBuilder()
            .ConfigureSilo(silo => silo.AddGrain<AddGrain>().AddGrain<WriteGrain>().AddIncomingGrainCallFilter<CountingFilter>())
            .ConfigureSilo(configure ?? (_ => { }))
            .Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
