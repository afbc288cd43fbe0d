namespace Grid.Chain.Ethereum.Rlp;

/// <summary>These bytes are not the one encoding that RLP has for a value.</summary>
public sealed class RlpException(string message) : FormatException(message);
