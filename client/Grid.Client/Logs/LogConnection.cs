using System.Text.Json;
using Grid.Protocol.Api;

namespace Grid.Client.Logs;

/// <summary>One stream of log chunks, until it ends or breaks off.</summary>
internal sealed class LogConnection(HttpResponseMessage answer, IAsyncEnumerator<string> events) : IAsyncDisposable
{
    public static async Task<LogConnection> OpenAsync(HttpResponseMessage answer, CancellationToken cancellation) =>
        new(answer, ServerSentEvents.ReadAsync(await answer.Content.ReadAsStreamAsync(cancellation), cancellation).GetAsyncEnumerator(cancellation));

    public async Task<LogRead> ReadAsync()
    {
        try
        {
            return await events.MoveNextAsync() ? new LogRead(Parse(events.Current), IsBroken: false) : new LogRead(null, IsBroken: false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return new LogRead(null, IsBroken: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await events.DisposeAsync();
        answer.Dispose();
    }

    private static LogChunk Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, GridJsonContext.Default.LogChunk) ?? throw new JsonException("found null");
        }
        catch (JsonException e)
        {
            throw new GridException(GridErrorKind.BadAnswer, $"The operator sent an event that is no log chunk: {e.Message}", e);
        }
    }
}

/// <param name="Chunk">Null at the end.</param>
/// <param name="IsBroken">It ended before it was over.</param>
internal readonly record struct LogRead(LogChunk? Chunk, bool IsBroken);
