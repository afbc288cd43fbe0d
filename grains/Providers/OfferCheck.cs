using Grid.Protocol;
using Grid.Protocol.Catalogue;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.Providers;

/// <summary>What makes an offer unacceptable to this operator.</summary>
public static class OfferCheck
{
    /// <returns>The field, its value, what was expected and what to do; null where nothing is wrong.</returns>
    public static string? Refusal(
        ProviderId provider, Signed<Offer> offer, OfferTerms terms, Signed<OwnerConsent>? consent, Signed<Offer>? known, GridIdentity identity, GridParameters parameters, DateTimeOffset now)
    {
        var value = offer.Value;
        if (value.Provider != provider || terms.Provider != provider) return $"provider is {value.Provider}, expected the key of this link, {provider}.";
        if (value.Owner != terms.Owner) return $"owner is {value.Owner} in the offer and {terms.Owner} in its terms: sign the terms that you send.";
        if (OfferTermsCheck.Fault(terms) is { } fault) return fault;
        if (value.TermsHash != OfferTermsHash.Of(terms)) return "termsHash is not the hash of the terms: sign the terms that you send.";
        if (value.ExpiryUnixSeconds <= now.ToUnixTimeSeconds()) return $"expiry is {value.ExpiryUnixSeconds}, which is past: sign a new offer.";
        if (known is not null && value.Version < known.Value.Version) return $"version is {value.Version}, version {known.Value.Version} is known already: raise it.";
        if (RegionCatalogue.Standard.Find(terms.Region) is null) return $"region is {terms.Region}: choose one of the region catalogue.";
        if (!parameters.TokenAliases.Contains(terms.Token)) return $"token is {terms.Token}, expected {parameters.Token}.";
        if (!parameters.AcceptsPretendedGpus && terms.Devices.Any(static device => device.IsPretended)) return "devices lists pretended GPUs, which only a development grid takes.";
        if (!offer.IsSignedBy(provider.Value, identity.Domain)) return "the offer is not signed by its provider for this grid.";
        return OwnerRefusal(terms, consent, identity, now);
    }

    private static string? OwnerRefusal(OfferTerms terms, Signed<OwnerConsent>? consent, GridIdentity identity, DateTimeOffset now)
    {
        if (terms.Owner == terms.Provider.Value) return null;
        if (consent is null) return $"owner is {terms.Owner}, who has not signed that this machine is theirs: send an owner consent.";
        var fits = consent.Value.Owner == terms.Owner && consent.Value.Provider == terms.Provider && consent.Value.ExpiryUnixSeconds > now.ToUnixTimeSeconds();
        return fits && consent.IsSignedBy(terms.Owner, identity.Domain) ? null : $"the owner consent is not {terms.Owner}'s for this machine, or has expired.";
    }
}
