using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;

namespace Grid.Client.Http;

/// <summary>
/// The one place that retries. Every call of the API may be repeated, so whatever may pass (no connection, no answer in time, 429, 503) is tried again,
/// a bounded number of times and never past the deadline; an expired session is renewed once.
/// </summary>
/// <param name="attempts">Of each call, at most.</param>
internal sealed class HttpCalls(HttpClient http, Session session, TimeProvider time, int attempts)
{
    /// <param name="create">Called for each attempt: a request can be sent only once.</param>
    /// <exception cref="GridException">Refused, no answer in time, or an answer that is no <typeparamref name="T"/>.</exception>
    public Task<T> AskAsync<T>(CallKind kind, Func<HttpRequestMessage> create, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class => RetryAsync(kind, create, async (answer, limited) =>
        {
            using (answer) return await JsonAnswer.ReadAsync(answer, type, limited);
        }, cancellation);

    /// <summary>For calls whose answer is only that they were done.</summary>
    public Task TellAsync(CallKind kind, Func<HttpRequestMessage> create, CancellationToken cancellation) => RetryAsync(kind, create, static (answer, _) =>
    {
        answer.Dispose();
        return Task.FromResult(true);
    }, cancellation);

    /// <returns>An answer that says success and whose body is still to be read, by a caller who knows how to go on where it breaks off.</returns>
    public Task<HttpResponseMessage> OpenAsync(CallKind kind, Func<HttpRequestMessage> create, CancellationToken cancellation) =>
        RetryAsync(kind, create, static (answer, _) => Task.FromResult(answer), cancellation);

    private async Task<T> RetryAsync<T>(CallKind kind, Func<HttpRequestMessage> create, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellation)
        where T : notnull
    {
        using var deadline = new CancellationTokenSource(kind.IsTransfer ? Limits.TransferDeadline : Limits.CallDeadline, time);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        var pause = Limits.FirstPause;
        var hadNoEffect = true;
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await TryAsync(kind, create, read, limited.Token, cancellation);
            if (outcome.Error is not { } error) return outcome.Answer!;
            hadNoEffect &= outcome.HadNoEffect;
            if (attempt >= attempts || deadline.IsCancellationRequested) throw Final(kind, error, hadNoEffect);
            await Task.Delay(outcome.Pause ?? pause, time, cancellation);
            pause = pause * 2 < Limits.LongestPause ? pause * 2 : Limits.LongestPause;
        }
    }

    private async Task<Outcome<T>> TryAsync<T>(
        CallKind kind, Func<HttpRequestMessage> create, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken limited, CancellationToken cancellation)
        where T : notnull
    {
        using var timeout = new CancellationTokenSource(kind.IsTransfer ? Timeout.InfiniteTimeSpan : Limits.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limited, timeout.Token);
        try
        {
            var answer = await SendAsync(kind, create, either.Token);
            if (answer.IsSuccessStatusCode) return new Outcome<T>(await read(answer, either.Token), null, null);
            using (answer)
            {
                var (error, retryAfter) = await ProblemReading.ReadAsync(answer, either.Token);
                if (!ProblemReading.IsPassing(answer.StatusCode)) throw error;
                return new Outcome<T>(default, error, retryAfter, ProblemReading.HadNoEffect(error));
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            var away = new GridException(GridErrorKind.Unreachable, $"{http.BaseAddress} does not answer: {e.Message}", e);
            return new Outcome<T>(default, away, null, HadNoEffect: e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError });
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            return new Outcome<T>(default, new GridException(GridErrorKind.Unreachable, $"{http.BaseAddress} does not answer in time.", e), null);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(CallKind kind, Func<HttpRequestMessage> create, CancellationToken cancellation)
    {
        for (var isRenewed = false; ; isRenewed = true)
        {
            using var request = create();
            if (kind.NeedsSession) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await session.TokenAsync(this, isRenewed, cancellation));
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (answer.StatusCode != HttpStatusCode.Unauthorized || !kind.NeedsSession || isRenewed) return answer;
            answer.Dispose();
        }
    }

    private static GridException Final(CallKind kind, GridException last, bool hadNoEffect) => kind.ChangesState && !hadNoEffect && last.Kind == GridErrorKind.Unreachable
        ? new GridException(GridErrorKind.OutcomeUnknown, $"{last.Message} Whether the request had its effect is not known; asking again is safe.", last)
        : last;

    /// <param name="HadNoEffect">The operator surely did nothing: it was not reached, or said so.</param>
    private readonly record struct Outcome<T>(T? Answer, GridException? Error, TimeSpan? Pause, bool HadNoEffect = false);
}
