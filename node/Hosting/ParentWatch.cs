using Grid.Node.Execution;
using Microsoft.Extensions.Hosting;

namespace Grid.Node.Hosting;

/// <summary>Ends the node, and with it its workloads and their supervisor, when the launcher's end of standard input is gone: nothing is left behind.</summary>
internal sealed class ParentWatch(IHostApplicationLifetime lifetime, WorkloadEngine engine) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A read of standard input can't be cancelled: nobody waits for it when the node stops by itself.
        await InputEndedAsync().WaitAsync(stoppingToken);
        await engine.ShutdownAsync(CancellationToken.None);
        lifetime.StopApplication();
    }

    private static async Task InputEndedAsync()
    {
        var input = Console.OpenStandardInput();
        var buffer = new byte[64];
        while (await input.ReadAsync(buffer) > 0)
        {
            // Nothing is said on it; only its end counts.
        }
    }
}
