using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Providers;

namespace Grid.Tests.Grains.Providers;

public sealed class OfferChecks
{
    private static readonly OfferTerms Terms = SampleOffer.Terms(1);

    [Fact]
    public void A_nodes_own_offer_is_taken() => Assert.Null(Refusal(Terms));

    [Fact]
    public void Another_nodes_offer_is_refused() => Assert.StartsWith("provider is", Refusal(SampleOffer.Terms(2)), StringComparison.Ordinal);

    [Fact]
    public void Terms_that_were_not_signed_are_refused() =>
        Assert.StartsWith("termsHash", Check(SampleOffer.Signed(Terms, 1), Terms with { Zone = "b" }), StringComparison.Ordinal);

    [Fact]
    public void A_region_outside_the_catalogue_is_refused() => Assert.StartsWith("region is atlantis", Refusal(Terms with { Region = "atlantis" }), StringComparison.Ordinal);

    [Fact]
    public void Prices_in_a_token_that_the_operator_does_not_take_are_refused() => Assert.StartsWith("token is DOGE", Refusal(Terms with { Token = "DOGE" }), StringComparison.Ordinal);

    [Fact]
    public void Another_keys_signature_is_refused() =>
        Assert.StartsWith("the offer is not signed", Check(SampleOffer.Signed(Terms, 2), Terms), StringComparison.Ordinal);

    [Fact]
    public void An_offer_past_its_expiry_is_refused() =>
        Assert.StartsWith("expiry is", Check(SampleOffer.Signed(Terms, 1), Terms, now: Some.Now.AddDays(30)), StringComparison.Ordinal);

    [Fact]
    public void An_older_version_is_refused_and_the_same_one_is_taken_again()
    {
        var known = SampleOffer.Signed(Terms, 1, version: 5);

        Assert.StartsWith("version is 4", Check(SampleOffer.Signed(Terms, 1, version: 4), Terms, known), StringComparison.Ordinal);
        Assert.Null(Check(SampleOffer.Signed(Terms, 1, version: 5), Terms, known));
    }

    [Fact]
    public void Pretended_GPUs_are_taken_only_where_the_operator_says_so()
    {
        var pretended = SampleOffer.Terms(1, SampleOffer.Device("a", isPretended: true));

        Assert.StartsWith("devices lists pretended GPUs", Refusal(pretended), StringComparison.Ordinal);
        Assert.Null(Check(SampleOffer.Signed(pretended, 1), pretended, parameters: new GridParameters { AcceptsPretendedGpus = true }));
    }

    [Fact]
    public void An_owner_must_have_signed_that_the_machine_is_theirs()
    {
        var owner = Some.TenantKey(7);
        var owned = Terms with { Owner = owner.Address };
        var consent = new OwnerConsent(owner.Address, Some.Provider(1), Some.Now.AddDays(1).ToUnixTimeSeconds());

        Assert.StartsWith("owner is", Refusal(owned), StringComparison.Ordinal);
        Assert.Null(Check(SampleOffer.Signed(owned, 1), owned, consent: consent.Sign(owner, Some.Identity.Domain)));
        Assert.StartsWith("the owner consent", Check(SampleOffer.Signed(owned, 1), owned, consent: consent.Sign(Some.TenantKey(8), Some.Identity.Domain)), StringComparison.Ordinal);
        Assert.StartsWith(
            "the owner consent",
            Check(SampleOffer.Signed(owned, 1), owned, consent: (consent with { Provider = Some.Provider(2) }).Sign(owner, Some.Identity.Domain)),
            StringComparison.Ordinal);
    }

    private static string? Refusal(OfferTerms terms) => Check(SampleOffer.Signed(terms, 1), terms);

    private static string? Check(
        Signed<Offer> offer, OfferTerms terms, Signed<Offer>? known = null, Signed<OwnerConsent>? consent = null, GridParameters? parameters = null, DateTimeOffset? now = null) =>
        OfferCheck.Refusal(Some.Provider(1), offer, terms, consent, known, Some.Identity, parameters ?? new GridParameters(), now ?? Some.Now);
}
