namespace Grid.Chain.Ethereum.Abi;

/// <summary>A value does not fit its ABI type, or bytes are not an encoding of it.</summary>
public sealed class AbiException(string message) : FormatException(message);
