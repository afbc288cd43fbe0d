using Grid.Node.Link;
using Microsoft.Extensions.Hosting;

namespace Grid.Node.Hosting;

/// <summary>Looks at the owner's choices all the time, and says the new offer on every link.</summary>
internal sealed class OfferWatch(OfferFile file, NodeOffer offer, OperatorLinks links, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(Limits.OfferLookMs), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (file.Read()) links.PostToAll(await offer.ChangedAsync());
        }
    }
}
