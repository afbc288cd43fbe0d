using Grid.Chain.Crypto;
using Grid.Silo.SignIn;

namespace Grid.Silo.Api;

/// <summary>Who a request's bearer token belongs to.</summary>
internal static class Caller
{
    private const string Scheme = "Bearer ";
    private const int MaxTokenLength = 128;

    private static readonly object s_key = new();

    /// <summary>Reads the token once, before rate limits are applied by caller.</summary>
    public static Task IdentifyAsync(HttpContext http, RequestDelegate next)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header.Length <= Scheme.Length + MaxTokenLength)
            http.Items[s_key] = http.RequestServices.GetRequiredService<TokenBook>().Find(header[Scheme.Length..].Trim());
        return next(http);
    }

    public static Address? Of(HttpContext http) => http.Items[s_key] as Address?;

    /// <summary>For endpoints that filter with <see cref="Required"/>.</summary>
    public static Address Known(HttpContext http) => Of(http) ?? throw new InvalidOperationException("The endpoint lets in callers who have not signed in.");

    public static ValueTask<object?> Required(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (Of(context.HttpContext) is not null) return next(context);
        var hasToken = context.HttpContext.Request.Headers.Authorization.Count > 0;
        return ValueTask.FromResult<object?>(Problems.NotSignedIn(hasToken ? "The token is not known or has expired: sign in again." : "Sign in first."));
    }
}
