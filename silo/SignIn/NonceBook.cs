using System.Security.Cryptography;

namespace Grid.Silo.SignIn;

/// <summary>Nonces that were given out: each is taken once, within its time. Bounded, the oldest go first.</summary>
internal sealed class NonceBook(TimeProvider time)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 24;

    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(Api.Limits.NonceLifetimeSeconds);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _open = [];
    private readonly Queue<string> _inOrder = new();

    public (string Nonce, DateTimeOffset ExpiresAt) Issue()
    {
        var nonce = RandomNumberGenerator.GetString(Letters, Length);
        var expiresAt = time.GetUtcNow() + s_lifetime;
        lock (_gate)
        {
            _open[nonce] = expiresAt;
            _inOrder.Enqueue(nonce);
            while (_inOrder.Count > Api.Limits.Nonces) _open.Remove(_inOrder.Dequeue());
        }

        return (nonce, expiresAt);
    }

    /// <returns>Whether it was given out, is in time and was not taken before.</returns>
    public bool TryTake(string nonce)
    {
        lock (_gate) return _open.Remove(nonce, out var expiresAt) && expiresAt > time.GetUtcNow();
    }
}
