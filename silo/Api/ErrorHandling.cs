using Grid.Protocol.Api;
using Grid.Protocol.Link;
using Orleans.Runtime;

namespace Grid.Silo.Api;

/// <summary>Turns whatever an endpoint throws into problem details that give away nothing of the inside.</summary>
internal sealed partial class ErrorHandling(RequestDelegate next, ILogger<ErrorHandling> log)
{
    private const int RetryAfterMs = 2_000;

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            await ProblemOf(failure, http).ExecuteAsync(http);
        }
        catch (Exception failure)
        {
            // Too late for a problem: what was sent so far must not look complete.
            LogCutOff(http.Request.Path, failure);
            http.Abort();
        }

        if (!http.Response.HasStarted && http.Response.StatusCode >= StatusCodes.Status400BadRequest && http.Response.ContentLength is null && http.Response.ContentType is null)
            await ProblemOf(http.Response.StatusCode, http).ExecuteAsync(http);
    }

    private IResult ProblemOf(Exception failure, HttpContext http)
    {
        switch (failure)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problems.TooLarge("The body is larger than this address takes.");
            case BadHttpRequestException bad:
                return Problems.Of(bad.StatusCode, ProblemCodes.Malformed, "The request is malformed.");
            case TimeoutException:
            case OrleansException when !HttpMethods.IsGet(http.Request.Method):
                LogUnknown(http.Request.Path, failure);
                return Problems.Of(StatusCodes.Status503ServiceUnavailable, ProblemCodes.OutcomeUnknown, "No answer in time: it may have happened or not. Ask again with the same request.", RetryAfterMs);
            case OrleansException or LinkException:
                LogUnavailable(http.Request.Path, failure);
                return Problems.Unavailable("A part of the operator cannot be reached now.", RetryAfterMs);
            default:
                LogFailed(http.Request.Path, http.TraceIdentifier, failure);
                return Problems.Of(StatusCodes.Status500InternalServerError, ProblemCodes.Internal, $"The operator failed. Its log knows this request as {http.TraceIdentifier}.");
        }
    }

    private static IResult ProblemOf(int status, HttpContext http) => status switch
    {
        StatusCodes.Status404NotFound => Problems.Of(status, ProblemCodes.NotFound, $"There is nothing at {http.Request.Path}."),
        StatusCodes.Status405MethodNotAllowed => Problems.Of(status, ProblemCodes.Malformed, $"{http.Request.Path} does not take {http.Request.Method}."),
        _ => Problems.Of(status, ProblemCodes.Malformed, "The request was refused."),
    };

    [LoggerMessage(540, LogLevel.Error, "{Path} failed; trace {Trace}")]
    private partial void LogFailed(string path, string trace, Exception failure);

    [LoggerMessage(541, LogLevel.Warning, "{Path} did not come to an end in time")]
    private partial void LogUnknown(string path, Exception failure);

    [LoggerMessage(543, LogLevel.Information, "The answer of {Path} was cut off")]
    private partial void LogCutOff(string path, Exception failure);

    [LoggerMessage(542, LogLevel.Warning, "{Path} could not be served")]
    private partial void LogUnavailable(string path, Exception failure);
}
