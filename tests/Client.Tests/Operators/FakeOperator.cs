using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Sealing;
using Grid.Protocol.SignIn;
using Grid.Protocol.Signing;

namespace Grid.Tests.Client.Operators;

/// <summary>An operator's API as the client sees it, without a network. What a test wants to go wrong, it puts into <see cref="Failures"/> or <see cref="Answers"/>.</summary>
internal sealed class FakeOperator : HttpMessageHandler
{
    public static readonly Uri Url = new("http://127.0.0.1:9999");

    private const string Nonce = "abcdefgh12345678";

    private readonly HashSet<string> _tokens = [];
    private Address _signedIn;

    public PrivateKey Key { get; } = PrivateKey.Generate();

    public SealingKeyPair Sealing { get; } = SealingKeyPair.Generate();

    /// <summary>Used up first, one a request: the answer to give instead, or an exception to throw; null lets the request through.</summary>
    public Queue<Func<HttpRequestMessage, HttpResponseMessage?>> Failures { get; } = new();

    /// <summary>By path; asked before the operator's own.</summary>
    public Dictionary<string, Func<HttpRequestMessage, HttpResponseMessage>> Answers { get; } = [];

    public List<string> Asked { get; } = [];

    public List<DeployRequest> Submitted { get; } = [];

    public Dictionary<string, byte[]> Uploaded { get; } = [];

    public ulong LastSequence { get; set; } = 4;

    public Money Available { get; set; } = Money.FromTokens(50);

    public Money CommittedMax { get; set; } = Money.FromTokens(7);

    public string ChallengeDomain { get; set; } = Url.Authority;

    public Address? SealingKeySigner { get; set; }

    public int SignIns { get; private set; }

    public bool IsAway { get; private set; }

    public GridClient Connect(Wallet? wallet, IOperatorTrust? trust = null, int attempts = Grid.Client.Limits.MaxAttempts) =>
        new(Url, wallet, trust ?? new PinnedOperator(Key.Address), new InstantTime(), this, attempts);

    /// <summary>Nobody listens there any more.</summary>
    public void GoAway() => IsAway = true;

    public void ForgetSessions() => _tokens.Clear();

    public static HttpResponseMessage Json<T>(T value, JsonTypeInfo<T> type, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(JsonSerializer.Serialize(value, type), Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Refusal(HttpStatusCode status, string code, string detail = "no", int? retryAfterMs = null)
    {
        var answer = Json(new Problem("about:blank", "Refused", (int)status, code, detail, retryAfterMs), GridJsonContext.Default.Problem, status);
        answer.Content.Headers.ContentType = new MediaTypeHeaderValue("application/problem+json");
        return answer;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        Asked.Add($"{request.Method} {path}");
        if (IsAway) throw new HttpRequestException(HttpRequestError.ConnectionError, "connection refused");
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        if (Failures.TryDequeue(out var fail) && fail(request) is { } failed) return Answered(request, failed);
        if (NeedsSession(path) && !_tokens.Contains(request.Headers.Authorization?.Parameter ?? "")) return Answered(request, Refusal(HttpStatusCode.Unauthorized, ProblemCodes.NotSignedIn));
        return Answered(request, Answers.TryGetValue(path, out var answer) ? answer(request) : Own(path, body));
    }

    private static HttpResponseMessage Answered(HttpRequestMessage request, HttpResponseMessage answer)
    {
        answer.RequestMessage = request;
        return answer;
    }

    private static bool NeedsSession(string path) => !path.StartsWith("/v1/sign-in", StringComparison.Ordinal) && path is not (ApiRoutes.Operator or ApiRoutes.Providers or ApiRoutes.Screen) && !path.EndsWith("/fund", StringComparison.Ordinal);

    private HttpResponseMessage Own(string path, byte[] body) => path switch
    {
        ApiRoutes.Operator => Json(Info(), GridJsonContext.Default.OperatorInfo),
        ApiRoutes.SignInChallenge => Json(new SignInChallenge(ChallengeDomain, $"http://{ChallengeDomain}", 0, Nonce, 1_800_000_000_000, 1_800_000_600_000), GridJsonContext.Default.SignInChallenge),
        ApiRoutes.SignIn => SignIn(JsonSerializer.Deserialize(body, GridJsonContext.Default.SignInRequest)!),
        ApiRoutes.Deployments => Submit(JsonSerializer.Deserialize(body, GridJsonContext.Default.DeployRequest)!),
        _ when path.StartsWith("/v1/inputs/", StringComparison.Ordinal) => Upload(path["/v1/inputs/".Length..], body),
        _ when path.StartsWith("/v1/accounts/", StringComparison.Ordinal) => Json(
            new AccountStatus(_signedIn, Available, Money.Zero, Money.Zero, Available, LastSequence, Money.Zero, CommittedMax), GridJsonContext.Default.AccountStatus),
        _ => Refusal(HttpStatusCode.NotFound, ProblemCodes.NotFound, $"nothing at {path}"),
    };

    private OperatorInfo Info()
    {
        using var stranger = PrivateKey.Generate();
        var signer = SealingKeySigner is null ? Key : stranger;
        var published = PublishedSealingKey.Publish(Sealing.PublicKey, signer, DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeSeconds(), GridDomain.Local);
        return new OperatorInfo(Key.Address, 0, Address.Zero, LedgerKind.Local, "GRID", 10_000, 1000, 30, published, Hash256.Zero, "test");
    }

    private HttpResponseMessage SignIn(SignInRequest request)
    {
        Assert.Null(SignInCheck.Fault(request.Message, request.Signature, new SignInExpectation(Url.Authority, Url.GetLeftPart(UriPartial.Authority), 0, Nonce), DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000)));
        Assert.True(SignInMessageReader.TryRead(request.Message, out var message, out _));
        _signedIn = message.Address;
        SignIns++;
        var token = $"token-{SignIns}";
        _tokens.Add(token);
        return Json(new SignInToken(message.Address, token, 1_800_000_600_000), GridJsonContext.Default.SignInToken);
    }

    private HttpResponseMessage Submit(DeployRequest request)
    {
        var authorization = request.Authorization;
        var isRepeat = Submitted.Any(before => before.Authorization == authorization);
        if (!isRepeat && authorization.Value.Sequence != LastSequence + 1) return Refusal(HttpStatusCode.Conflict, ProblemCodes.SequenceTaken);
        if (!isRepeat) Submitted.Add(request);
        LastSequence = Math.Max(LastSequence, authorization.Value.Sequence);
        return Json(new DeployResponse(DeploymentIds.Derive(authorization.Value, GridDomain.Local), []), GridJsonContext.Default.DeployResponse);
    }

    private HttpResponseMessage Upload(string hash, byte[] body)
    {
        Assert.Equal(hash, new Hash256(SHA256.HashData(body)).ToString());
        Uploaded[hash] = body;
        return new HttpResponseMessage(HttpStatusCode.NoContent);
    }
}
