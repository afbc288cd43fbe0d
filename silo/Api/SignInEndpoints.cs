using Grid.Protocol.Api;
using Grid.Protocol.SignIn;
using Grid.Silo.Hosting;
using Grid.Silo.SignIn;

namespace Grid.Silo.Api;

/// <summary>Sign-in with Ethereum (EIP-4361): a nonce, the signed message, a bearer token.</summary>
internal sealed class SignInEndpoints(NonceBook nonces, TokenBook tokens, OperatorKeys keys, SiloOptions options, TimeProvider time)
{
    public void MapTo(IEndpointRouteBuilder routes)
    {
        routes.Add(HttpMethods.Post, ApiRoutes.SignInChallenge, Challenge);
        routes.Add(HttpMethods.Post, ApiRoutes.SignIn, SignIn);
    }

    private Task<IResult> Challenge(HttpContext http)
    {
        var (nonce, expiresAt) = nonces.Issue();
        var challenge = new SignInChallenge(
            DomainOf(http), UriOf(http), keys.Grid.Domain.ChainId, nonce, time.GetUtcNow().ToUnixTimeMilliseconds(), expiresAt.ToUnixTimeMilliseconds());
        return Task.FromResult(Route.Json(challenge, GridJsonContext.Default.SignInChallenge));
    }

    private async Task<IResult> SignIn(HttpContext http)
    {
        var (request, problem) = await RequestBody.ReadAsync(http, GridJsonContext.Default.SignInRequest);
        if (request is null) return problem!;
        if (!SignInMessageReader.TryRead(request.Message, out var message, out var fault)) return Refuse(fault);

        // Checked before the nonce is taken, so that a message with a wrong signature does not burn somebody's nonce.
        var expected = new SignInExpectation(DomainOf(http), UriOf(http), keys.Grid.Domain.ChainId, message.Nonce);
        if (SignInCheck.Fault(request.Message, request.Signature, expected, time.GetUtcNow()) is { } refusal) return Refuse(refusal);
        if (!nonces.TryTake(message.Nonce)) return Refuse("Nonce is not one that was given out, has expired or was used before: ask for another.");

        var (token, expiresAt) = tokens.Issue(message.Address, options.TokenLifetime);
        http.Response.Headers.CacheControl = "no-store";
        return Route.Json(new SignInToken(message.Address, token, expiresAt.ToUnixTimeMilliseconds()), GridJsonContext.Default.SignInToken);
    }

    private static string DomainOf(HttpContext http) => http.Request.Host.Value ?? "";

    private static string UriOf(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host.Value}";

    private static IResult Refuse(string detail) => Problems.Of(StatusCodes.Status401Unauthorized, ProblemCodes.SignInInvalid, detail);
}
