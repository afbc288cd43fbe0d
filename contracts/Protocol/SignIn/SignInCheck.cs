using Grid.Chain.Crypto;

namespace Grid.Protocol.SignIn;

/// <summary>What a server expects of a sign-in.</summary>
/// <param name="Domain">Its own host and port, as wallets see them.</param>
/// <param name="Nonce">The one it gave out; the caller makes sure that it is used once.</param>
public sealed record SignInExpectation(string Domain, string Uri, long ChainId, string Nonce);

/// <summary>The rules of EIP-4361 for a server, with the time passed in.</summary>
public static class SignInCheck
{
    /// <summary>Clocks differ: a message may be issued this much in the future.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    /// <summary>A message without an expiration is taken for this long.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(30);

    /// <returns>Null when the message is what was expected and its address signed this very text; else why not.</returns>
    public static string? Fault(string text, Signature signature, SignInExpectation expected, DateTimeOffset now)
    {
        if (!SignInMessageReader.TryRead(text, out var message, out var malformed)) return malformed;
        return MismatchOf(message, expected) ?? TimeFault(message, now) ?? SignatureFault(message, text, signature);
    }

    private static string? MismatchOf(SignInMessage message, SignInExpectation expected)
    {
        if (message.Domain != expected.Domain) return $"domain is {message.Domain}; this server is {expected.Domain}.";
        if (message.Uri != expected.Uri) return $"URI is {message.Uri}; expected {expected.Uri}.";
        if (message.ChainId != expected.ChainId) return $"Chain ID is {message.ChainId}; this grid settles on chain {expected.ChainId}.";
        return message.Nonce != expected.Nonce ? "Nonce is not the one that was given out, or was used before: ask for another." : null;
    }

    private static string? TimeFault(SignInMessage message, DateTimeOffset now)
    {
        if (message.IssuedAt > now + ClockTolerance) return $"Issued At {message.IssuedAt:O} lies in the future; the server's time is {now:O}.";
        if (message.NotBefore > now) return $"Not Before {message.NotBefore:O} has not come; the server's time is {now:O}.";
        var expiration = message.ExpirationTime ?? message.IssuedAt + MaxAge;
        return expiration <= now ? $"The message expired at {expiration:O}; the server's time is {now:O}. Sign a new one." : null;
    }

    private static string? SignatureFault(SignInMessage message, string text, Signature signature) =>
        Secp256k1.TryRecover(Eip191.Hash(text), signature, out var signer) && signer == message.Address
            ? null
            : $"The signature is not {message.Address}'s over this text.";
}
