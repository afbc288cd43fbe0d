using Grid.Chain.Crypto;

namespace Grid.Node.Link;

/// <summary>There is no link to this operator now; it is dialled again all the time.</summary>
public sealed class LinkDownException(Address @operator) : IOException($"The link to the operator {@operator} is down.");
