using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Offers;

/// <summary>A free attribute of a provider, <c>host = akash</c>.</summary>
public sealed record OfferAttribute(string Key, string Value);

/// <summary>An auditor's signature over a provider's attributes or a compliance label.</summary>
/// <param name="Auditor">Who signed.</param>
/// <param name="ContentHash">The EIP-712 digest that was signed.</param>
/// <param name="ExpiresAtUnixSeconds">From then on the audit counts for nothing.</param>
/// <param name="Signature">65 bytes r ‖ s ‖ v.</param>
public sealed record AttributeAudit(Address Auditor, Hash256 ContentHash, long ExpiresAtUnixSeconds, ImmutableArray<byte> Signature);
