namespace Grid.Chain.Crypto;

/// <summary>A keystore or its passphrase cannot be used; the message says why and what to do, and holds no secret.</summary>
public sealed class KeystoreException(string message, Exception? inner = null) : Exception(message, inner);
