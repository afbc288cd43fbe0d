using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Manifests;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.Node.Leases;

/// <summary>Whether this node takes a lease. Its ledger decides, whatever an operator believes.</summary>
public static class ProposalRules
{
    public sealed record Verdict(NodeLease? Known, Acceptance? Accept, Manifest? Manifest, RefusalCode Code, string Message);

    public static Verdict Judge(NodeLedger ledger, Proposal proposal, Address @operator, OfferTerms terms, Eip712Domain domain, long nowUnixSeconds)
    {
        if (ledger.Leases.TryGetValue(proposal.Lease, out var known))
            return known.Operator == @operator ? new Verdict(known, null, null, default, "") : Refuse(RefusalCode.CapacityBound, "another operator has this lease.");
        if (proposal.ExpiryUnixSeconds <= nowUnixSeconds) return Refuse(RefusalCode.Expired, $"expiry is {proposal.ExpiryUnixSeconds}, which is past.");
        if (ledger.Leases.Count >= Limits.MaxLeases) return Refuse(RefusalCode.TooManyLeases, $"{Limits.MaxLeases} leases are in the ledger.");
        if (!proposal.Requested.IsWellFormed()) return Refuse(RefusalCode.CapacityBound, "the requested bindings are not well formed.");

        var authorization = proposal.Authorization.Value;
        if (authorization.Operator != @operator || !proposal.Authorization.IsSignedBy(authorization.Signer, domain))
            return Refuse(RefusalCode.AuthorizationInvalid, "the tenant has not signed this authorization for this operator.");
        var (manifest, fault) = ManifestOf(proposal);
        if (manifest is null) return Refuse(RefusalCode.ManifestHashDiffers, fault);
        if (ListedRate(proposal, terms) > proposal.RatePerHour) return Refuse(RefusalCode.BelowListedPrice, $"rate is {proposal.RatePerHour}, listed is {ListedRate(proposal, terms)}.");
        if (!terms.AllowsHostImage && manifest.Services.Any(static service => service.UsesHostImage)) return Refuse(RefusalCode.ImageNotAllowed, "this provider does not permit the host image.");
        if (ledger.Conflict(proposal.Requested, terms) is { } conflict) return Refuse(RefusalCode.CapacityBound, conflict);

        var acceptance = new Acceptance(
            proposal.Lease, authorization.Digest(domain), terms.Provider, ledger.LastToken.Next, proposal.Requested.Hash(),
            proposal.RatePerHour, proposal.FeePpm, proposal.ExpiryUnixSeconds);
        return new Verdict(null, acceptance, manifest, default, "");
    }

    /// <summary>The ledger after a yes: store it before the acceptance is sent.</summary>
    public static NodeLedger Accepted(NodeLedger ledger, Proposal proposal, Address @operator, Manifest manifest, Signed<Acceptance> acceptance) =>
        (ledger with { LastToken = acceptance.Value.Token }).With(new NodeLease
        {
            Lease = proposal.Lease,
            Operator = @operator,
            Payer = proposal.Authorization.Value.Payer,
            Operation = proposal.Operation,
            Acceptance = acceptance,
            Bindings = proposal.Requested,
            ManifestHash = proposal.Authorization.Value.ManifestHash,
            Manifest = proposal.Manifest,
            Placement = proposal.Placement,
            Ordinal = (int)proposal.Ordinal,
            Inputs = proposal.Inputs,
            HasSecrets = proposal.Secrets.Count > 0,
            TenantKey = proposal.TenantKey,
            StopsOnPartition = StopsOnPartition(manifest, proposal.Placement),
        });

    /// <summary>At most one copy where any service of the placement, or its gang, asks for it.</summary>
    private static bool StopsOnPartition(Manifest manifest, string placementName)
    {
        var placement = manifest.FindPlacement(placementName)!;
        return placement.Gang is not null || placement.Groups.Any(group => manifest.FindService(group.Service)!.OnPartition == OnPartition.Stop);
    }

    private static (Manifest? Manifest, string Fault) ManifestOf(Proposal proposal)
    {
        Manifest manifest;
        try
        {
            manifest = SealedManifest.Read(proposal.Manifest);
        }
        catch (System.Text.Json.JsonException)
        {
            return (null, "the manifest's text cannot be read.");
        }

        if (SealedManifest.HashOf(manifest) != proposal.Authorization.Value.ManifestHash) return (null, "the manifest is not the one that the tenant signed.");
        return manifest.FindPlacement(proposal.Placement) is null ? (null, $"the manifest has no placement '{proposal.Placement}'.") : (manifest, "");
    }

    private static RatePerHour ListedRate(Proposal proposal, OfferTerms terms)
    {
        var model = terms.Devices.FirstOrDefault(device => proposal.Requested.Devices.Any(bound => bound.Uuid == device.Uuid))?.Model ?? "";
        var gpuMillis = proposal.Requested.Devices.Sum(static device => (long)device.ShareMillis);
        var amounts = new ResourceAmounts(proposal.Requested.CpuMillis, proposal.Requested.MemoryMib, proposal.Requested.StorageMib, gpuMillis, proposal.Requested.Ports.Count);
        return UnitPrices.Of(terms.Prices, model).RateRoundedDown(amounts);
    }

    private static Verdict Refuse(RefusalCode code, string message) => new(null, null, null, code, message);
}
