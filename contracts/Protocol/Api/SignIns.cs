using Grid.Chain.Crypto;

namespace Grid.Protocol.Api;

/// <summary><c>POST /v1/sign-in/challenge</c>: what the message to sign must say (EIP-4361).</summary>
public sealed record SignInChallenge(string Domain, string Uri, long ChainId, string Nonce, long IssuedAtUnixMs, long ExpiresAtUnixMs);

/// <param name="Message">The very text that was signed.</param>
/// <param name="Signature">EIP-191, by the address that the message names.</param>
public sealed record SignInRequest(string Message, Signature Signature);

/// <param name="Token">For <c>Authorization: Bearer</c>; a secret.</param>
public sealed record SignInToken(Address Address, string Token, long ExpiresAtUnixMs)
{
    public override string ToString() => $"SignInToken({Address})";
}
