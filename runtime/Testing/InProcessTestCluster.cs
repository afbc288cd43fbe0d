using Grid.Runtime.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Grid.Runtime.Testing;

/// <summary>A silo for tests, in the manner of Orleans' class of this name: states and reminders in memory unless the test says otherwise.</summary>
public sealed class InProcessTestCluster : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    internal InProcessTestCluster(ServiceProvider services) => _services = services;

    public LocalSilo Silo => _services.GetRequiredService<LocalSilo>();

    public IClusterClient Client => Silo.Client;

    public IServiceProvider Services => _services;

    public Task DeployAsync() => Silo.StartAsync();

    public Task StopAllSilosAsync() => Silo.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        await _services.DisposeAsync();
    }
}
