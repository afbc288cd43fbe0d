using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Grid.Protocol.Api;

namespace Grid.Silo.Api;

/// <summary>Reads a bounded JSON body, or says what is wrong with it.</summary>
internal static class RequestBody
{
    /// <returns>The value, or the problem to answer with.</returns>
    public static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        if (!http.Request.HasJsonContentType())
            return (null, Problems.Of(StatusCodes.Status415UnsupportedMediaType, ProblemCodes.Malformed, $"Content-Type is '{http.Request.ContentType}', expected application/json."));
        try
        {
            var value = await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted);
            return value is null ? (null, Problems.Malformed("The body is null, expected an object.")) : (value, null);
        }
        catch (JsonException malformed)
        {
            return (null, Malformed(malformed));
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Problems.TooLarge($"The body has more than {Limits.BodyBytes} bytes."));
        }
    }

    private static IResult Malformed(JsonException malformed)
    {
        var field = malformed.Path ?? "$";
        var line = (malformed.LineNumber ?? 0) + 1;

        // The serializer's own words may name types of the program, those of a converter say what was expected.
        var isConverters = malformed.InnerException is null && !malformed.Message.Contains("System.", StringComparison.Ordinal) && !malformed.Message.Contains("Grid.", StringComparison.Ordinal);
        var message = isConverters ? malformed.Message : "is missing or not of the expected form.";
        return Problems.Malformed($"The body's JSON is wrong at {field}, line {line}: {message}", new ProblemField(field, message));
    }
}
