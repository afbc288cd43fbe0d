using System.Threading.Channels;
using Grid.Protocol.Challenges;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Grid.Node.Challenges;

/// <summary>Works on the operators' challenges, one at a time, on a thread of its own that lets everything else go first.</summary>
public sealed partial class ChallengeWork(OfferTerms terms, ILogger<ChallengeWork> log) : IHostedService, IDisposable
{
    private readonly Channel<(ChallengeSet Challenge, Action<ControlMessage> Answer)> _waiting =
        Channel.CreateBounded<(ChallengeSet, Action<ControlMessage>)>(new BoundedChannelOptions(Limits.WaitingChallenges) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly CancellationTokenSource _end = new();
    private Thread? _thread;

    /// <summary>The largest challenge that this node takes: a power of two; 0 where it has no memory for any.</summary>
    public int MaxMemoryMib { get; } = LargestOf(terms.Capacity.MemoryMib);

    public void Take(ChallengeSet challenge, Action<ControlMessage> answer)
    {
        var isTaken = challenge.MemoryMib > 0 && challenge.MemoryMib <= MaxMemoryMib && int.IsPow2(challenge.MemoryMib);
        if (isTaken) _waiting.Writer.TryWrite((challenge, answer));
        else LogNotTaken(challenge.MemoryMib, MaxMemoryMib);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "challenges" };
        _thread.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        await _end.CancelAsync();
    }

    public void Dispose() => _end.Dispose();

    private void Run()
    {
        LowPriority.TakeByThisThread();
        try
        {
            while (_waiting.Reader.WaitToReadAsync(_end.Token).AsTask().GetAwaiter().GetResult())
            {
                while (_waiting.Reader.TryRead(out var next))
                {
                    var proof = MemoryWork.Do(next.Challenge.Seed, next.Challenge.MemoryMib, _end.Token);
                    next.Answer(new ChallengeAnswered(next.Challenge.Era, next.Challenge.Slot, proof));
                }
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException)
        {
            // The node stops.
        }
    }

    private static int LargestOf(long memoryMib)
    {
        var allowed = Math.Min(memoryMib / Limits.MemoryPart, Limits.MaxChallengeMib);
        return allowed < 1 ? 0 : 1 << (int)long.Log2(allowed);
    }

    [LoggerMessage(650, LogLevel.Warning, "A challenge of {MemoryMib} MiB was not taken: a power of two up to {MaxMemoryMib} is")]
    private partial void LogNotTaken(int memoryMib, int maxMemoryMib);
}
