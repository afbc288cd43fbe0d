using System.Buffers.Text;
using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Protocol.Signing;

namespace Grid.Silo.SignIn;

/// <summary>
/// Bearer tokens, opaque and random; only their hashes are kept, in memory alone: after a restart clients sign in again. Bounded, the oldest go first.
/// </summary>
internal sealed class TokenBook(TimeProvider time)
{
    private const int TokenBytes = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<Hash256, Bearer> _bearers = [];
    private readonly Queue<Hash256> _inOrder = new();

    public (string Token, DateTimeOffset ExpiresAt) Issue(Address address, TimeSpan lifetime)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var expiresAt = time.GetUtcNow() + lifetime;
        var hash = ContentHash.OfUtf8(token);
        lock (_gate)
        {
            _bearers[hash] = new Bearer(address, expiresAt);
            _inOrder.Enqueue(hash);
            while (_inOrder.Count > Api.Limits.Tokens) _bearers.Remove(_inOrder.Dequeue());
        }

        return (token, expiresAt);
    }

    /// <returns>Who signed in for it; null where it is unknown or has expired.</returns>
    public Address? Find(string token)
    {
        var hash = ContentHash.OfUtf8(token);
        lock (_gate)
        {
            if (!_bearers.TryGetValue(hash, out var bearer)) return null;
            if (bearer.ExpiresAt > time.GetUtcNow()) return bearer.Address;
            _bearers.Remove(hash);
            return null;
        }
    }

    private sealed record Bearer(Address Address, DateTimeOffset ExpiresAt);
}
