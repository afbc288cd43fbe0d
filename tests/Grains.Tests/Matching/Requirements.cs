using Grid.Matching;
using Grid.Protocol.Manifests;
using Grid.Protocol.Offers;

namespace Grid.Tests.Grains.Matching;

public sealed class Requirements
{
    private const string TwoServices = """
        version: "1.0"
        services:
          web:
            image: nginx:1.27
            expose:
              - port: 80
                as: 80
                to: [{global: true}]
          train:
            image: trainer:1
            expose:
              - port: 9000
                to: [{service: web}]
        profiles:
          name: two
          mode: provider
          tier: [secured-2, community-1]
          compute:
            web:
              resources:
                cpu: {units: 0.5}
                memory: {size: 512Mi}
                storage: [{size: 1Gi}, {name: shm, size: 256Mi, attributes: {class: ram, persistent: false}}]
            train:
              resources:
                cpu: {units: 4}
                memory: {size: 16Gi}
                storage: {size: 10Gi, attributes: {class: beta3}}
                gpu: {units: 1, attributes: {vendor: {nvidia: [{model: rtx4090, ram: 24Gi}, {model: a100, interface: sxm}]}}}
          placement:
            eu:
              attributes: {region: germany;france, exclude_region: japan, bandwidth: 100mbps}
              pricing:
                web: {token: CST, amount: 0.1}
                train: {token: CST, amount: 1}
        deployment:
          web: {eu: {profile: web, count: 3}}
          train: {eu: {profile: train, count: 2}}
        x-grid:
          placements:
            eu: {weights: {price: 0.5}, isolation: namespaces, compliance: [gdpr], maxRoundTripMs: 50}
        """;

    private static readonly DenomTable Denoms = DenomTable.OneForOne("CST");

    [Fact]
    public void A_placement_is_asked_for_whole()
    {
        var requirement = Read(TwoServices);

        Assert.Equal(new ResourceAmounts(9_500, 3 * 768 + 2 * 16_384, new StorageAmounts(3 * 1024, 0, 0, 2 * 10_240), 2_000, 3), requirement.Amounts);
        Assert.Equal(2_300_000, requirement.PriceCeiling.MicroUnits);
        Assert.Equal(1000, requirement.LargestGpuShareMillis);
    }

    [Fact]
    public void What_a_placement_demands_becomes_filters()
    {
        var requirement = Read(TwoServices);

        Assert.Equal(["rtx4090", "a100"], requirement.Gpus.Select(gpu => gpu.Model));
        Assert.True(requirement.Gpus[0].MinVramMib is > 23_000 and <= 24_564);
        Assert.Equal(GpuInterface.Sxm, requirement.Gpus[1].Interface);
        Assert.Equal(["germany", "france"], requirement.Regions);
        Assert.Equal(["japan"], requirement.ExcludedRegions);
        Assert.Equal((OfferMode.Provider, CpuArchitecture.Amd64, IsolationLevel.Namespaces), (requirement.Mode, requirement.Architecture, requirement.MinIsolation));
        Assert.Equal(0b0001_0100, requirement.TrustTiers);
        Assert.Equal((100, 50, 3600), (requirement.MinBandwidthMbps, requirement.MaxRoundTripMs, requirement.RunAheadSeconds));
        Assert.Equal(["gdpr"], requirement.ComplianceLabels);
        Assert.Equal(4000, requirement.Weights.Price);
        Assert.True(requirement.Weights.IsSound);
        Assert.False(requirement.NeedsHostImage);
    }

    [Fact]
    public void The_nodes_own_system_may_be_of_any_architecture()
    {
        var requirement = Read(TwoServices.Replace("nginx:1.27", "host", StringComparison.Ordinal).Replace("trainer:1", "host", StringComparison.Ordinal));

        Assert.True(requirement.NeedsHostImage);
        Assert.Null(requirement.Architecture);
    }

    [Fact]
    public void A_price_in_a_token_that_the_operator_does_not_take_is_named()
    {
        var manifest = ManifestReader.Read(TwoServices.Replace("token: CST, amount: 1}", "token: XYZ, amount: 1}", StringComparison.Ordinal)).Manifest!;

        Assert.False(ManifestRequirement.TryRead(manifest, manifest.Placements[0], Denoms, 3600, "", out _, out var fault));
        Assert.Contains("XYZ", fault, StringComparison.Ordinal);
    }

    // A file cannot say these; a submission's JSON can.
    [Fact]
    public void An_isolation_level_or_a_weight_that_does_not_exist_is_named()
    {
        var manifest = ManifestReader.Read(TwoServices).Manifest!;
        var strong = manifest.Placements[0] with { Isolation = "strong" };
        var heavy = manifest.Placements[0] with { Weights = [new ManifestWeight("price", 7_000_000)] };

        Assert.False(ManifestRequirement.TryRead(manifest, strong, Denoms, 3600, "", out _, out var isolationFault));
        Assert.False(ManifestRequirement.TryRead(manifest, heavy, Denoms, 3600, "", out _, out var weightFault));
        Assert.Contains("expected one of none, namespaces, full, virtualMachine", isolationFault, StringComparison.Ordinal);
        Assert.Contains("expected 0 to 1000", weightFault, StringComparison.Ordinal);
    }

    [Fact]
    public void Services_that_need_different_GPUs_cannot_share_a_placement()
    {
        var second = TwoServices.Replace("storage: [{size: 1Gi}", "gpu: {units: 1, attributes: {vendor: {nvidia: [{model: h100}]}}}\n        storage: [{size: 1Gi}", StringComparison.Ordinal);
        var manifest = ManifestReader.Read(second).Manifest!;

        Assert.False(ManifestRequirement.TryRead(manifest, manifest.Placements[0], Denoms, 3600, "", out _, out var fault));
        Assert.Contains("no single model", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_changes_with_the_question()
    {
        var requirement = Read(TwoServices);

        Assert.Equal(RequirementHash.Of(requirement), RequirementHash.Of(Read(TwoServices)));
        Assert.NotEqual(RequirementHash.Of(requirement), RequirementHash.Of(requirement with { MinBandwidthMbps = 101 }));
    }

    private static MatchRequirement Read(string text)
    {
        var reading = ManifestReader.Read(text);
        Assert.True(reading.IsOk, string.Join("; ", reading.Errors.Select(error => error.Message)));
        return MatchRequirement.From(reading.Manifest, reading.Manifest.Placements[0], Denoms, 3600);
    }
}
