using System.Collections.Immutable;
using System.Security.Cryptography;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Offers;

/// <summary>What an auditor signs: all attributes of an offer together, or one compliance label. SHA-256 over canonical bytes.</summary>
public static class AuditSubject
{
    private const string AttributesDomain = "grid.audit-attributes.v1";
    private const string LabelDomain = "grid.audit-label.v1";

    /// <param name="attributes">As the offer lists them: another attribute, or one less, is another subject.</param>
    public static Hash256 OfAttributes(ImmutableArray<OfferAttribute> attributes)
    {
        var bytes = new CanonicalBytes().Text(AttributesDomain).Int32(attributes.Length);
        foreach (var attribute in attributes) bytes.Text(attribute.Key).Text(attribute.Value);
        return new Hash256(SHA256.HashData(bytes.Written));
    }

    public static Hash256 OfLabel(string label) => new(SHA256.HashData(new CanonicalBytes().Text(LabelDomain).Text(label).Written));
}
