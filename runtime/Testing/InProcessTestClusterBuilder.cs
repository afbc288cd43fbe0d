using Grid.Runtime.Hosting;
using Grid.Runtime.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Storage;

namespace Grid.Runtime.Testing;

/// <summary>Builds an <see cref="InProcessTestCluster"/>.</summary>
public sealed class InProcessTestClusterBuilder
{
    private readonly ServiceCollection _services = [];
    private Action<LocalSiloBuilder> _configure = static _ => { };

    public InProcessTestClusterBuilder ConfigureSilo(Action<LocalSiloBuilder> configure)
    {
        _configure += configure;
        return this;
    }

    /// <summary>Builds the cluster; <see cref="InProcessTestCluster.DeployAsync"/> starts it.</summary>
    public InProcessTestCluster Build()
    {
        _services.AddLocalSilo(silo =>
        {
            _configure(silo);
            AddMemory(silo);
        });
        return new InProcessTestCluster(_services.BuildServiceProvider());
    }

    private static void AddMemory(LocalSiloBuilder silo)
    {
        if (!silo.Services.Any(s => s.ServiceType == typeof(IGrainStorage) && Equals(s.ServiceKey, StoredStates.DefaultStorageName)))
            silo.AddGrainStorageAsDefault(provider => new InMemoryGrainStorage(provider.GetService<IGrainStorageSerializer>()));
        if (!silo.Services.Any(s => s.ServiceType == typeof(IReminderTable)))
            silo.AddReminders(_ => new InMemoryReminderTable());
    }
}
