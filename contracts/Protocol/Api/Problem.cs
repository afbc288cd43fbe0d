namespace Grid.Protocol.Api;

/// <summary>An error of the API (RFC 9457) with a code for programs.</summary>
/// <param name="Code">One of <see cref="ProblemCodes"/>.</param>
/// <param name="Detail">The field, its value, what was expected, what to do.</param>
/// <param name="Errors">Where several things are wrong at once, such as a manifest's.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Code,
    string? Detail = null,
    int? RetryAfterMs = null,
    IReadOnlyList<ProblemField>? Errors = null);

public sealed record ProblemField(string Field, string Message);

/// <summary>Codes never change their meaning.</summary>
public static class ProblemCodes
{
    public const string NotFound = "notFound";
    public const string Malformed = "malformed";
    public const string TooLarge = "tooLarge";
    public const string ManifestInvalid = "manifestInvalid";
    public const string ManifestHashDiffers = "manifestHashDiffers";
    public const string AuthorizationInvalid = "authorizationInvalid";
    public const string AuthorizationExpired = "authorizationExpired";

    /// <summary>The sequence is not the next one: read the account and sign again.</summary>
    public const string SequenceTaken = "sequenceTaken";
    public const string InsufficientFunds = "insufficientFunds";
    public const string SecretMissing = "secretMissing";
    public const string InputMissing = "inputMissing";
    public const string NotSignedIn = "notSignedIn";
    public const string SignInInvalid = "signInInvalid";
    public const string NotYours = "notYours";
    public const string WrongPhase = "wrongPhase";
    public const string OnlyLocalLedger = "onlyLocalLedger";
    public const string OnlyChainLedger = "onlyChainLedger";
    public const string TooManyRequests = "tooManyRequests";

    /// <summary>The silo is starting or draining: come back after <see cref="Problem.RetryAfterMs"/>.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>It may have happened or not: ask again with the same operation.</summary>
    public const string OutcomeUnknown = "outcomeUnknown";
    public const string Internal = "internal";
}
