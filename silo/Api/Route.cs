using System.Text.Json.Serialization.Metadata;
using Grid.Protocol.Api;

namespace Grid.Silo.Api;

/// <summary>Small things that every endpoint needs.</summary>
internal static class Route
{
    /// <summary>Adds an endpoint whose result is executed; a method group alone would be taken for a delegate that answers by itself.</summary>
    public static RouteHandlerBuilder Add(this IEndpointRouteBuilder routes, string method, string pattern, Func<HttpContext, Task<IResult>> handler) =>
        routes.MapMethods(pattern, [method], (Delegate)handler);

    public static IResult Json<T>(T value, JsonTypeInfo<T> type) => TypedResults.Json(value, type);

    public static bool TryId<T>(HttpContext http, string name, out T id, out IResult? problem)
        where T : struct, ISpanParsable<T>
    {
        var text = http.Request.RouteValues[name] as string ?? "";
        var isId = T.TryParse(text, null, out id);
        problem = isId ? null : Problems.Malformed($"{name} is '{Shorten(text)}', expected 0x and hexadecimal digits.", new ProblemField(name, "is not an id."));
        return isId;
    }

    public static string Text(HttpContext http, string name) => http.Request.RouteValues[name] as string ?? "";

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
