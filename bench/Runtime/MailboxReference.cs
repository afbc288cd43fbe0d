using System.Threading.Channels;

namespace Grid.Bench.Runtime;

/// <summary>The same calls to bare mailboxes: a channel, a reader loop and a completion source each, no filters, no timeouts.</summary>
internal static class MailboxReference
{
    public static async Task<long> RunAsync(int callers, TimeSpan duration)
    {
        var mailboxes = Enumerable.Range(0, CallBench.Grains)
            .Select(_ => Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true }))
            .ToArray();
        var readers = mailboxes.Select(mailbox => Task.Run(() => ReadAsync(mailbox.Reader))).ToArray();
        var (latencies, seconds, _) = await CallerLoops.RunAsync(callers, duration, (caller, count) =>
        {
            var message = new Message(count);
            mailboxes[(int)(((caller * 31) + (count * 7919)) % mailboxes.Length)].Writer.TryWrite(message);
            return message.Task;
        });
        foreach (var mailbox in mailboxes)
            mailbox.Writer.Complete();
        await Task.WhenAll(readers);
        return (long)(latencies.Count / seconds);
    }

    private static async Task ReadAsync(ChannelReader<Message> reader)
    {
        long sum = 0;
        await foreach (var message in reader.ReadAllAsync())
            message.SetResult(sum += message.Amount);
    }

    private sealed class Message(long amount) : TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public long Amount => amount;
    }
}
