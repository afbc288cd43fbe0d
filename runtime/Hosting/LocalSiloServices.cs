using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Grid.Runtime.Hosting;

/// <summary>Adds a silo to a host.</summary>
public static class LocalSiloServices
{
    /// <summary>The silo starts and stops with the host; grains see the host's services, and everybody sees IGrainFactory and IClusterClient.</summary>
    public static IServiceCollection AddLocalSilo(this IServiceCollection services, Action<LocalSiloBuilder> configure)
    {
        var builder = new LocalSiloBuilder(services);
        configure(builder);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new LiveHost(provider.GetRequiredService<TimeProvider>()));
        builder.AddSilo(provider => new Silo(provider.GetRequiredService<LiveHost>(), builder.BuildClasses(), builder.Options));
        services.AddSingleton(provider => new LocalSilo(provider, provider.GetRequiredService<LiveHost>(), provider.GetRequiredService<Silo>()));
        services.AddHostedService(provider => provider.GetRequiredService<LocalSilo>());
        return services;
    }
}
