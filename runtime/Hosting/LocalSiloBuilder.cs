using System.Reflection;
using Grid.Runtime.Activations;
using Grid.Runtime.Persistence;
using Grid.Runtime.Reminders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Storage;
using Orleans.Timers;

namespace Grid.Runtime.Hosting;

/// <summary>Says what a silo hosts and where it keeps it.</summary>
public sealed class LocalSiloBuilder(IServiceCollection services)
{
    private readonly List<Type> _grains = [];

    public IServiceCollection Services => services;

    public LocalSiloOptions Options { get; } = new();

    /// <summary>Hosts every grain class of the assembly, public or not.</summary>
    public LocalSiloBuilder AddGrains(Assembly assembly)
    {
        _grains.AddRange(GrainClasses.In(assembly));
        return this;
    }

    /// <summary>Hosts one grain class.</summary>
    public LocalSiloBuilder AddGrain<TGrain>()
        where TGrain : IGrainBase
    {
        _grains.Add(typeof(TGrain));
        return this;
    }

    public LocalSiloBuilder Configure(Action<LocalSiloOptions> configure)
    {
        configure(Options);
        return this;
    }

    public LocalSiloBuilder ConfigureServices(Action<IServiceCollection> configure)
    {
        configure(services);
        return this;
    }

    /// <summary>The storage of states that name none.</summary>
    public LocalSiloBuilder AddGrainStorageAsDefault(Func<IServiceProvider, IGrainStorage> storage) =>
        AddGrainStorage(StoredStates.DefaultStorageName, storage);

    public LocalSiloBuilder AddGrainStorage(string name, Func<IServiceProvider, IGrainStorage> storage)
    {
        services.AddKeyedSingleton(name, (provider, _) => storage(provider));
        return this;
    }

    public LocalSiloBuilder AddReminders(Func<IServiceProvider, IReminderTable> table)
    {
        services.AddSingleton(table);
        services.AddSingleton(provider => new LocalReminders(provider.GetRequiredService<Silo>(), provider.GetRequiredService<IReminderTable>()));
        services.AddSingleton<IReminderRegistry>(provider => provider.GetRequiredService<LocalReminders>());
        return this;
    }

    /// <summary>Runs around every call to every grain; the first added is the outermost.</summary>
    public LocalSiloBuilder AddIncomingGrainCallFilter<TFilter>()
        where TFilter : class, IIncomingGrainCallFilter
    {
        services.AddSingleton<IIncomingGrainCallFilter, TFilter>();
        return this;
    }

    internal GrainClasses BuildClasses() => new(_grains);

    /// <summary>Registers what grains and their callers ask for.</summary>
    internal void AddSilo(Func<IServiceProvider, Silo> silo)
    {
        services.AddLogging();
        services.AddSingleton(silo);
        services.TryAddSingleton<IClusterClient>(provider => provider.GetRequiredService<Silo>().Grains);
        services.TryAddSingleton<IGrainFactory>(provider => provider.GetRequiredService<IClusterClient>());
    }
}
