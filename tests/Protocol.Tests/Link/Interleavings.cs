using FsCheck;
using FsCheck.Fluent;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;

namespace Grid.Tests.Protocol.Link;

public sealed class Interleavings
{
    /// <summary>Streams of any lengths, written in pieces of any sizes from both sides at once, arrive whole and apart.</summary>
    [Fact]
    public void Bytes_of_many_streams_arrive_intact() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(25),
        Prop.ForAll(Pieces().ArrayOf().Where(streams => streams.Length is > 0 and <= 24).ToArbitrary(), streams => DeliverAsync(streams).GetAwaiter().GetResult()));

    private static Gen<int[]> Pieces() => Gen.OneOf(Gen.Choose(1, 200), Gen.Choose(1, 3 * Limits.MaxFrameDataBytes)).ArrayOf();

    private static async Task DeliverAsync(int[][] streams)
    {
        await using var pair = await LinkPair.ConnectAsync();
        var serving = Task.WhenAll(EchoAsync(pair.Node, streams.Length), EchoAsync(pair.Operator, streams.Length));
        var asking = streams.SelectMany((pieces, index) => new[] { AskAsync(pair.Operator, pieces, index), AskAsync(pair.Node, pieces, index + 1000) });
        await Task.WhenAll([.. asking, serving]).WaitAsync(LinkPair.Deadline);
    }

    private static async Task EchoAsync(LinkConnection link, int count)
    {
        var echoes = new List<Task>();
        await foreach (var stream in link.AcceptStreamsAsync())
        {
            echoes.Add(EchoAsync(stream));
            if (echoes.Count == count) break;
        }
        await Task.WhenAll(echoes);
    }

    private static async Task EchoAsync(LinkStream stream)
    {
        await stream.CopyToAsync(stream);
        await stream.CompleteWritesAsync();
    }

    private static async Task AskAsync(LinkConnection link, int[] pieces, int seed)
    {
        var random = new Random(seed);
        await using var stream = link.OpenStream(new RelayPurpose(default, "s", 1));
        var expected = new byte[pieces.Sum()];
        random.NextBytes(expected);
        var reading = Streams.ReadAllAsync(stream);
        var position = 0;
        foreach (var piece in pieces)
        {
            await stream.WriteAsync(expected.AsMemory(position, piece));
            position += piece;
        }
        await stream.CompleteWritesAsync();
        var echoed = await reading;
        Assert.True(expected.AsSpan().SequenceEqual(echoed), $"Stream {stream.Id} of {expected.Length} bytes came back changed.");
    }
}
