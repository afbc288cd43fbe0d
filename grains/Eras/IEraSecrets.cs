using Grid.Chain.Crypto;

namespace Grid.Eras;

/// <summary>The operator's secrets that time its challenges: derived from its key, never stored, revealed when their era is over.</summary>
public interface IEraSecrets
{
    Hash256 EraSecret(ulong era);
}
