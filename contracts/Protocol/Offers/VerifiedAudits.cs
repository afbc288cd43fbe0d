using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Offers;

/// <summary>
/// Those audits of an offer that are what they say: signed by their auditor, over this offer's attributes or one of its labels, and by
/// somebody else than the provider and its owner.
/// </summary>
public sealed class VerifiedAudits
{
    private readonly ImmutableArray<(Address Auditor, string? Label, long ExpiresAtUnixSeconds)> _audits;

    private VerifiedAudits(ImmutableArray<(Address Auditor, string? Label, long ExpiresAtUnixSeconds)> audits) => _audits = audits;

    /// <summary>Recovers a signature for each audit that names this offer: at most <see cref="OfferLimits.MaxAudits"/>.</summary>
    public static VerifiedAudits Of(OfferTerms terms, Eip712Domain domain)
    {
        if (terms.Audits.IsEmpty) return new VerifiedAudits([]);
        (string? Label, Hash256 Subject)[] subjects =
        [
            (null, AuditSubject.OfAttributes(terms.Attributes)),
            .. terms.ComplianceLabels.Select(static label => ((string?)label, AuditSubject.OfLabel(label))),
        ];
        var verified = ImmutableArray.CreateBuilder<(Address, string?, long)>();
        foreach (var audit in terms.Audits.Where(audit => audit.Auditor != terms.Provider.Value && audit.Auditor != terms.Owner))
        {
            foreach (var (label, subject) in subjects)
                if (IsOver(audit, subject, terms.Provider, domain)) verified.Add((audit.Auditor, label, audit.ExpiresAtUnixSeconds));
        }

        return new VerifiedAudits(verified.ToImmutable());
    }

    /// <returns>Who has signed the attributes, sorted.</returns>
    public ImmutableArray<Address> AuditorsAt(DateTimeOffset now) =>
        [.. LiveAt(now).Where(static audit => audit.Label is null).Select(static audit => audit.Auditor).Distinct().Order()];

    /// <returns>The labels that somebody has signed, sorted: what a provider says of itself alone counts for nothing.</returns>
    public ImmutableArray<string> LabelsAt(DateTimeOffset now) =>
        [.. LiveAt(now).Select(static audit => audit.Label).OfType<string>().Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];

    /// <returns>When the next of them stops to count; the end of time where none does.</returns>
    public DateTimeOffset NextExpiryAfter(DateTimeOffset now)
    {
        var next = LiveAt(now).Select(static audit => audit.ExpiresAtUnixSeconds).DefaultIfEmpty(long.MaxValue).Min();
        return next > DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.MaxValue : DateTimeOffset.FromUnixTimeSeconds(next);
    }

    private IEnumerable<(Address Auditor, string? Label, long ExpiresAtUnixSeconds)> LiveAt(DateTimeOffset now) =>
        _audits.Where(audit => audit.ExpiresAtUnixSeconds > now.ToUnixTimeSeconds());

    private static bool IsOver(AttributeAudit audit, Hash256 subject, ProviderId provider, Eip712Domain domain)
    {
        var signed = new Audit(provider, subject, audit.ExpiresAtUnixSeconds);
        if (!signed.IsWellFormed() || audit.Signature.Length != Signature.SizeBytes || signed.Digest(domain) != audit.ContentHash)
            return false;
        return new Signed<Audit>(signed, new Signature(audit.Signature.AsSpan())).IsSignedBy(audit.Auditor, domain);
    }
}
