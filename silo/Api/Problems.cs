using System.Globalization;
using System.Text.Json;
using Grid.Protocol.Api;
using Microsoft.AspNetCore.WebUtilities;

namespace Grid.Silo.Api;

/// <summary>Errors as RFC 9457 problem details, each with a code for programs.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    public static IResult Malformed(string detail, params IReadOnlyList<ProblemField> errors) => Of(StatusCodes.Status400BadRequest, ProblemCodes.Malformed, detail, errors: errors);

    public static IResult Invalid(string code, string field, string message) =>
        Of(StatusCodes.Status422UnprocessableEntity, code, $"{field}: {message}", errors: [new ProblemField(field, message)]);

    public static IResult NotSignedIn(string detail) => Of(StatusCodes.Status401Unauthorized, ProblemCodes.NotSignedIn, detail);

    public static IResult NotYours(string what) => Of(StatusCodes.Status403Forbidden, ProblemCodes.NotYours, $"{what} belongs to somebody else: sign in as its payer.");

    public static IResult Forbidden(string detail) => Of(StatusCodes.Status403Forbidden, ProblemCodes.NotYours, detail);

    public static IResult NotFound(string what) => Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, $"There is no {what}.");

    public static IResult TooLarge(string detail) => Of(StatusCodes.Status413PayloadTooLarge, ProblemCodes.TooLarge, detail);

    public static IResult Unavailable(string detail, int retryAfterMs) => Of(StatusCodes.Status503ServiceUnavailable, ProblemCodes.Unavailable, detail, retryAfterMs);

    public static IResult Of(int status, string code, string detail, int? retryAfterMs = null, IReadOnlyList<ProblemField>? errors = null) =>
        new ProblemResult(new Problem($"urn:grid:problem:{code}", ReasonPhrases.GetReasonPhrase(status), status, code, detail, retryAfterMs, errors is { Count: > 0 } ? errors : null));

    private sealed class ProblemResult(Problem problem) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = problem.Status;
            response.ContentType = ContentType;
            response.Headers.CacheControl = "no-store";
            if (problem.RetryAfterMs is { } wait) response.Headers.RetryAfter = Math.Max(1, (wait + 999) / 1000).ToString(CultureInfo.InvariantCulture);
            if (problem.Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
            await JsonSerializer.SerializeAsync(response.Body, problem, GridJsonContext.Default.Problem, httpContext.RequestAborted);
        }
    }
}
