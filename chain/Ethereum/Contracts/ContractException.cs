namespace Grid.Chain.Ethereum.Contracts;

/// <summary>A contract refused, or is not the one that was expected there.</summary>
public sealed class ContractException(string message, Exception? cause = null) : Exception(message, cause);
