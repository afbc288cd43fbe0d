using Grid.Chain.Crypto;

namespace Grid.Matching;

/// <summary>The secret ends of the matchmakers' hash chains, derived from the operator's key and never stored.</summary>
public interface IMatchmakerSecrets
{
    Hash256 ChainSecret(string matchmaker, int generation);
}
