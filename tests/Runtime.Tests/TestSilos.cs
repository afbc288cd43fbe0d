using Grid.Runtime.Hosting;
using Grid.Runtime.Testing;
using Grid.Tests.Runtime.Grains;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Tests.Runtime;

internal static class TestSilos
{
    /// <summary>A running silo with every grain of this assembly.</summary>
    public static async Task<InProcessTestCluster> StartAsync(Action<LocalSiloBuilder>? configure = null)
    {
        var cluster = new InProcessTestClusterBuilder()
            .ConfigureSilo(silo => silo.AddGrains(typeof(TestSilos).Assembly))
            .ConfigureSilo(silo => silo.Services.AddSingleton<LifeLog>())
            .ConfigureSilo(configure ?? (_ => { }))
            .Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
