namespace Grid.Silo.Hosting;

/// <summary>Ends the silo when the launcher's end of standard input is gone.</summary>
internal sealed class ParentWatch(IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A read of standard input can't be cancelled: nobody waits for it when the silo stops by itself.
        await InputEndedAsync().WaitAsync(stoppingToken);
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
