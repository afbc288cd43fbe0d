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

    public static Verdict Judge(NodeLedger ledger, Proposal proposal, Address @operator, OfferTerms terms, NodeAbilities abilities, Eip712Domain domain, long nowUnixSeconds)
    {
        if (ledger.Leases.TryGetValue(proposal.Lease, out var known))
            return known.Operator == @operator ? new Verdict(known, null, null, default, "") : Refuse(RefusalCode.CapacityBound, "another operator has this lease.");
        if (proposal.ExpiryUnixSeconds <= nowUnixSeconds) return Refuse(RefusalCode.Expired, $"expiry is {proposal.ExpiryUnixSeconds}, which is past.");
        if (ledger.Leases.Count >= Limits.MaxLeases) return Refuse(RefusalCode.TooManyLeases, $"{Limits.MaxLeases} leases are in the ledger.");
        if (proposal.Ordinal > int.MaxValue) return Refuse(RefusalCode.ManifestInvalid, $"ordinal is {proposal.Ordinal}, at most {int.MaxValue} is expected.");
        if (!proposal.Requested.IsWellFormed()) return Refuse(RefusalCode.CapacityBound, "the requested bindings are not well formed.");

        var authorization = proposal.Authorization.Value;
        if (authorization.Operator != @operator || !proposal.Authorization.IsSignedBy(authorization.Signer, domain))
            return Refuse(RefusalCode.AuthorizationInvalid, "the tenant has not signed this authorization for this operator.");
        var (manifest, fault) = ManifestOf(proposal);
        if (manifest is null) return Refuse(RefusalCode.ManifestHashDiffers, fault);
        if (ContentsRefusal(proposal, manifest) is { } refusal) return refusal;
        if (ListedRate(proposal, terms) > proposal.RatePerHour) return Refuse(RefusalCode.BelowListedPrice, $"rate is {proposal.RatePerHour}, listed is {ListedRate(proposal, terms)}.");
        if (!abilities.RunsImages && manifest.Services.Any(static service => !service.UsesHostImage))
            return Refuse(RefusalCode.ImageNotAllowed, "this node runs the image 'host' alone.");
        if (!terms.AllowsHostImage && manifest.Services.Any(static service => service.UsesHostImage)) return Refuse(RefusalCode.ImageNotAllowed, "this provider does not permit the host image.");
        var live = ledger.Leases.Values.Where(static lease => lease.Phase != NodeLeasePhase.Ended).Sum(static lease => lease.Copies);
        if (live + CopiesOf(proposal, manifest).Length > Limits.MaxWorkloads) return Refuse(RefusalCode.TooManyLeases, $"{live} of {Limits.MaxWorkloads} workloads run already.");
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
            Authorization = proposal.Authorization,
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
            Copies = CopiesOf(proposal, manifest).Length,
            Images = [.. manifest.Services.Select(static service => PinnedDigest(service.Image))],
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

    /// <summary>What is wrong with the manifest that the tenant signed: the signature says nothing of its sense.</summary>
    private static Verdict? ContentsRefusal(Proposal proposal, Manifest manifest)
    {
        var copies = CopiesOf(proposal, manifest);
        if (copies.Length is 0 or > Limits.MaxWorkloadsPerLease)
            return Refuse(RefusalCode.ManifestInvalid, $"the placement makes {copies.Length} copies of services, expected 1 to {Limits.MaxWorkloadsPerLease}.");
        foreach (var (group, _) in copies)
        {
            if (manifest.FindService(group.Service) is not { } service)
                return Refuse(RefusalCode.ManifestInvalid, $"the placement names the service '{group.Service}', which is missing.");
            var missing = service.Secrets.FirstOrDefault(secret => !proposal.Secrets.Any(given =>
                given.Service == secret.Service && given.Kind == secret.Kind && given.Name == secret.Name));
            if (missing is not null) return Refuse(RefusalCode.SecretNotReadable, $"service '{missing.Service}': the secret '{missing.Name}' was not sent.");
        }

        return Uncovered(proposal.Requested, copies) is { } uncovered ? Refuse(RefusalCode.CapacityBound, uncovered) : null;
    }

    /// <summary>What runs is what is bound: an operator can't have more run than the ledger counts.</summary>
    private static string? Uncovered(Bindings requested, (ManifestGroup Group, int Replica)[] copies)
    {
        var cpu = copies.Sum(static copy => copy.Group.Resources.CpuMillis);
        if (cpu > requested.CpuMillis) return $"cpu: {requested.CpuMillis} millicores are to be bound, the manifest takes {cpu}.";
        var memory = copies.Sum(static copy => MibRoundedUp(copy.Group.Resources.MemoryBytes));
        if (memory > requested.MemoryMib) return $"memory: {requested.MemoryMib} MiB are to be bound, the manifest takes {memory}.";
        var gpus = copies.Sum(static copy => (long)copy.Group.Resources.GpuUnitsMilli);
        var bound = requested.Devices.Sum(static device => (long)device.ShareMillis);
        return gpus > bound ? $"gpus: {bound} thousandths are to be bound, the manifest takes {gpus}." : null;
    }

    /// <summary>One more than allowed at most: a hostile count costs nothing.</summary>
    private static (ManifestGroup Group, int Replica)[] CopiesOf(Proposal proposal, Manifest manifest) =>
        [.. WorkloadPlan.Copies(manifest.FindPlacement(proposal.Placement)!, (int)proposal.Ordinal).Take(Limits.MaxWorkloadsPerLease + 1)];

    private static long MibRoundedUp(long bytes) => (bytes + (1 << 20) - 1) >> 20;

    private static Hash256 PinnedDigest(string image)
    {
        const string Marker = "@sha256:";
        var at = image.IndexOf(Marker, StringComparison.Ordinal);
        return at >= 0 && Hash256.TryParse("0x" + image[(at + Marker.Length)..], out var digest) ? digest : Hash256.Zero;
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
