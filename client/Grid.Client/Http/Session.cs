using Grid.Chain.Crypto;
using Grid.Protocol.Api;
using Grid.Protocol.SignIn;

namespace Grid.Client.Http;

/// <summary>A wallet's sign-in (EIP-4361), made when it is first needed and again when the operator no longer takes it.</summary>
internal sealed class Session(Uri url, Wallet? wallet) : IDisposable
{
    private const string Statement = "Sign in to manage your deployments.";

    private readonly SemaphoreSlim _signingIn = new(1);
    private string? _token;

    /// <param name="isRefused">The token of before was not taken.</param>
    public async Task<string> TokenAsync(HttpCalls calls, bool isRefused, CancellationToken cancellation)
    {
        var before = _token;
        if (before is not null && !isRefused) return before;
        await _signingIn.WaitAsync(cancellation);
        try
        {
            // Somebody else may have signed in meanwhile.
            return _token is { } token && !ReferenceEquals(token, before) ? token : _token = await SignInAsync(calls, cancellation);
        }
        finally
        {
            _signingIn.Release();
        }
    }

    public void Dispose() => _signingIn.Dispose();

    private async Task<string> SignInAsync(HttpCalls calls, CancellationToken cancellation)
    {
        if (wallet is null) throw new GridException(GridErrorKind.Unauthorized, "This needs a wallet to sign in with: name one with --wallet, or make one with `grid wallet new`.");
        var challenge = await calls.AskAsync(
            CallKind.PublicRead, () => new HttpRequestMessage(HttpMethod.Post, ApiRoutes.SignInChallenge), GridJsonContext.Default.SignInChallenge, cancellation);
        // A signature for another site must not be had by asking for it here.
        if (challenge.Domain != url.Authority || !challenge.Uri.StartsWith(url.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal))
            throw new GridException(GridErrorKind.OperatorChanged, $"{url} asks to sign in to {challenge.Domain} ({challenge.Uri}), which it is not. Nothing was signed.");

        var text = MessageFor(challenge).ToText();
        var request = new SignInRequest(text, wallet.Key.Sign(Eip191.Hash(text)));
        var answer = await calls.AskAsync(
            CallKind.PublicRead,
            () => JsonRequest.Create(HttpMethod.Post, ApiRoutes.SignIn, request, GridJsonContext.Default.SignInRequest),
            GridJsonContext.Default.SignInToken,
            cancellation);
        return answer.Token;
    }

    private SignInMessage MessageFor(SignInChallenge challenge) => new(
        challenge.Domain,
        wallet!.Address,
        Statement,
        challenge.Uri,
        challenge.ChainId,
        challenge.Nonce,
        DateTimeOffset.FromUnixTimeMilliseconds(challenge.IssuedAtUnixMs),
        DateTimeOffset.FromUnixTimeMilliseconds(challenge.ExpiresAtUnixMs));
}
