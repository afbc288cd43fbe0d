using System.IO.Pipelines;
using Grid.Leases;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Sealing;
using Grid.Silo.Blobs;
using Grid.Silo.Hosting;
using Orleans;

namespace Grid.Silo.Links;

/// <summary>Serves the streams that nodes open: a tenant's input, sealed again for the node while it flows. Clear bytes lie in memory alone.</summary>
internal sealed partial class InputStreams(IGrainFactory grains, OperatorKeys keys, InputBlobs blobs, ILogger<InputStreams> log)
{
    public Task ServeAsync(LinkConnection link, SealingPublicKey node, CancellationToken cancellation) => Parallel.ForEachAsync(
        link.AcceptStreamsAsync(cancellation),
        new ParallelOptions { MaxDegreeOfParallelism = Limits.InputStreamsAtOnce, CancellationToken = cancellation },
        (stream, inner) => ServeAsync(link, stream, node, inner));

    private async ValueTask ServeAsync(LinkConnection link, LinkStream stream, SealingPublicKey node, CancellationToken cancellation)
    {
        await using (stream)
        {
            try
            {
                if (stream.Purpose is InputPurpose purpose) await SendAsync(link, stream, purpose, node, cancellation);
                else stream.Abort("the operator serves inputs alone");
            }
            catch (Exception failure)
            {
                // One stream's failure must not end the serving of the others.
                stream.Abort("the input could not be read");
                LogInputFailed(link.Peer, failure.Message);
            }
        }
    }

    private async Task SendAsync(LinkConnection link, LinkStream stream, InputPurpose purpose, SealingPublicKey node, CancellationToken cancellation)
    {
        var lease = await grains.GetGrain<ILeaseGrain>(purpose.Lease.ToString()).GetView();
        var isTheirs = lease.Terms is { } terms && terms.Provider.Value == link.Peer && lease.Phase == LeasePhase.Active;
        await using var content = isTheirs ? blobs.Open(lease.Terms!.Deployment, purpose.Service, purpose.Name) : null;
        if (content is null)
        {
            stream.Abort("no such input");
            return;
        }

        var from = SealingContext.TenantInput(lease.Terms!.Payer, purpose.Service, purpose.Name);
        var to = SealingContext.LeaseInput(purpose.Lease, purpose.Service, purpose.Name);
        var clear = new Pipe();
        var opening = OpenAsync(content, clear.Writer, from, cancellation);
        await using (var reader = clear.Reader.AsStream()) await SealedStream.SealAsync(node, reader, stream, to, cancellation);
        await opening;
        await stream.CompleteWritesAsync();
    }

    private async Task OpenAsync(Stream content, PipeWriter clear, SealingContext context, CancellationToken cancellation)
    {
        try
        {
            await SealedStream.OpenAsync(keys.Sealing, content, clear.AsStream(leaveOpen: true), context, Blobs.Limits.MaxInputBytes, cancellation);
            await clear.CompleteAsync();
        }
        catch (Exception failure)
        {
            // The sealing end must not take what came so far for the whole.
            await clear.CompleteAsync(failure);
            throw;
        }
    }

    [LoggerMessage(510, LogLevel.Warning, "An input for node {Provider} could not be sent: {Reason}")]
    private partial void LogInputFailed(Grid.Chain.Crypto.Address provider, string reason);
}
