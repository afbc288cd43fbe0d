using System.Security.Cryptography;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Offers;

/// <summary>SHA-256 over the canonical bytes of an offer's terms: what <c>Offer.termsHash</c> signs.</summary>
public static class OfferTermsHash
{
    private const string Domain = "grid.offer-terms.v1";

    /// <summary>Of terms some of whose prices follow the guide price.</summary>
    private const string GuidedDomain = "grid.offer-terms.v2";

    public static Hash256 Of(OfferTerms terms)
    {
        var isGuided = terms.Prices.Guided is { IsEmpty: false };
        var bytes = new CanonicalBytes().Text(isGuided ? GuidedDomain : Domain);
        WriteIdentity(bytes, terms);
        WritePrices(bytes, terms.Prices);
        bytes.Amounts(terms.Capacity);
        WriteDevices(bytes, terms);
        WriteAttributes(bytes, terms);
        bytes.Int32(terms.BandwidthMbps).Int32(terms.MaxRunAheadSeconds).Flag(terms.AllowsHostImage);
        return new Hash256(SHA256.HashData(bytes.Written));
    }

    private static void WriteIdentity(CanonicalBytes bytes, OfferTerms terms) => bytes
        .Address(terms.Provider.Value).Address(terms.Owner)
        .Text(terms.Region).Text(terms.Zone)
        .Byte((byte)terms.Mode).Byte((byte)terms.Architecture).Byte((byte)terms.Isolation)
        .Text(terms.Token);

    private static void WritePrices(CanonicalBytes bytes, OfferPrices prices)
    {
        bytes.Int64(prices.PerCore.MicroUnits).Int64(prices.PerGibMemory.MicroUnits);
        bytes.Storage(prices.PerGibStorage).Int32(prices.Gpus.Length);
        foreach (var price in prices.Gpus) bytes.Text(price.Model).Int64(price.PerGpu.MicroUnits);
        if (prices.Guided is not { IsEmpty: false } guided) return;
        bytes.Int32(guided.Length);
        foreach (var price in guided) bytes.Text(price.Key).Int64(price.Ceiling.MicroUnits);
    }

    private static void WriteDevices(CanonicalBytes bytes, OfferTerms terms)
    {
        bytes.Int32(terms.Devices.Length);
        foreach (var device in terms.Devices)
        {
            bytes.Text(device.Uuid).Text(device.Model).Text(device.Vendor)
                .Int64(device.VramMib).Byte((byte)(device.Interface ?? 0)).Int32(device.MaxShareMillis).Flag(device.IsPretended);
        }
    }

    private static void WriteAttributes(CanonicalBytes bytes, OfferTerms terms)
    {
        bytes.Int32(terms.Attributes.Length);
        foreach (var attribute in terms.Attributes) bytes.Text(attribute.Key).Text(attribute.Value);
        bytes.Int32(terms.Audits.Length);
        foreach (var audit in terms.Audits)
        {
            bytes.Address(audit.Auditor).Word(audit.ContentHash).Int64(audit.ExpiresAtUnixSeconds)
                .Int32(audit.Signature.Length).Raw(audit.Signature.AsSpan());
        }

        bytes.Int32(terms.ComplianceLabels.Length);
        foreach (var label in terms.ComplianceLabels) bytes.Text(label);
    }
}
