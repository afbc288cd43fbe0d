using Grid.Chain.Crypto;
using Grid.Matching;
using Grid.Protocol.Matching;
using Grid.Protocol.Signing;

namespace Grid.Simulation;

/// <summary>The operator's key, and what derives from it.</summary>
internal sealed class SimulatedOperator : IOperatorSigner, IMatchmakerSecrets, IDisposable
{
    private readonly PrivateKey _key;
    private readonly ulong _seed;
    private readonly string _name;

    /// <param name="index">Of several operators; 0 for the first.</param>
    public SimulatedOperator(ulong seed, int index)
    {
        _seed = seed;
        _name = NameOf(index);
        _key = Keys.Of(seed, _name);
        Identity = new GridIdentity(_key.Address, GridDomain.Local);
    }

    public GridIdentity Identity { get; }

    public static Address AddressOf(ulong seed, int index)
    {
        using var key = Keys.Of(seed, NameOf(index));
        return key.Address;
    }

    public Task<Signature> SignAsync(Hash256 digest) => Task.FromResult(_key.Sign(digest));

    public Signed<T> Sign<T>(T value)
        where T : ISignedType => value.Sign(_key, Identity.Domain);

    public Hash256 ChainSecret(string matchmaker, int generation) => HashChain.SecretOf(Keys.HashOf(_seed, $"chain of {matchmaker} of {_name}"), generation);

    public void Dispose() => _key.Dispose();

    private static string NameOf(int index) => index == 0 ? "operator" : $"operator {index}";
}
