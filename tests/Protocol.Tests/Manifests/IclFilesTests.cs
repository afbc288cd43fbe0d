using Grid.Protocol;
using Grid.Protocol.Manifests;

namespace Grid.Tests.Protocol.Manifests;

public sealed class IclFilesTests
{
    private const long Gi = 1L << 30;
    private const long Mi = 1L << 20;

    [Fact]
    public void A_fizz_manifest_gives_its_gpu_terms_and_region_lists()
    {
        var manifest = ManifestFiles.Read("icl-fizz-gpu.yaml");

        Assert.Equal((ManifestDialect.Icl, "1.0", "notebook"), (manifest.Dialect, manifest.Version, manifest.Name));
        var placement = Assert.Single(manifest.Placements);
        Assert.Equal((PlacementMode.Fizz, 7200L, 100), (placement.Mode, placement.DurationSeconds, placement.BandwidthMbps));
        Assert.Equal([1, 2, 3, 4], placement.TrustTiers);
        Assert.Equal(["us-west", "us-central"], placement.Regions);
        Assert.Equal(["china"], placement.ExcludedRegions);
        Assert.Equal([ProviderId.Parse("0x00000000000000000000000000000000000000a1")], placement.FizzNodes);

        var group = Assert.Single(placement.Groups);
        Assert.Equal((8000L, 16 * Gi), (group.Resources.CpuMillis, group.Resources.MemoryBytes));
        Assert.Equal([new StorageVolume("default", 200 * Gi, false, StorageClass.Default)], group.Resources.Storage);
        var gpu = group.Resources.Gpu!;
        Assert.Equal(1000, gpu.UnitsMilli);
        Assert.Equal([new GpuAlternative("nvidia", "rtx4090", null, null)], gpu.Alternatives);
        Assert.Equal(new VramRequirement(VramComparison.AtLeast, 80), gpu.FreeVram);
        Assert.Equal(new PriceCeiling { Denom = "uSPON", Amount = "1.5", RatePerHour = new RatePerHour(1_500_000) }, group.Price);
    }

    [Fact]
    public void A_fizz_service_gives_its_ports_and_pull_policy()
    {
        var service = Assert.Single(ManifestFiles.Read("icl-fizz-gpu.yaml").Services);

        Assert.Equal(("example/notebook:cuda-12", PullPolicy.IfNotPresent), (service.Image, service.PullPolicy));
        Assert.Equal([(8888, 8888, 1, false), (9000, 9000, 1, true)], service.Expose.Select(expose => (expose.Port, expose.As, expose.PortCount, expose.UsesPublicPort)));
        Assert.All(service.Expose, expose => Assert.True(expose.IsGlobal));
        Assert.Equal([new ManifestEnv("TOKEN", "hunter2")], service.Env);
    }

    [Fact]
    public void A_provider_manifest_gives_its_volume_providers_and_count()
    {
        var manifest = ManifestFiles.Read("icl-provider-volume.yaml");

        Assert.Equal([new StorageMount("default", "/mnt/data", false)], manifest.Services[0].StorageMounts);
        Assert.Equal((22, 2222), (manifest.Services[0].Expose[0].Port, manifest.Services[0].Expose[0].As));
        var placement = manifest.Placements[0];
        Assert.Equal((PlacementMode.Provider, 30L * 86_400), (placement.Mode, placement.DurationSeconds));
        Assert.Equal([1, 2], placement.TrustTiers);
        Assert.Equal(["a1", "a2"], placement.Providers.Select(LastDigits));
        Assert.Equal(["a3", "a4"], placement.ExcludedProviders.Select(LastDigits));
        Assert.Equal(3, placement.Groups[0].Count);
        Assert.Equal([new StorageVolume("default", 200 * Gi, true, StorageClass.Beta3)], placement.Groups[0].Resources.Storage);
        Assert.Equal(new RatePerHour(1), placement.Groups[0].Price.RatePerHour);
    }

    [Fact]
    public void Two_services_stay_in_document_order_with_their_own_prices()
    {
        var manifest = ManifestFiles.Read("icl-two-services.yaml");

        Assert.Equal(["blog", "db"], manifest.Services.Select(service => service.Name));
        Assert.Equal(["bash", "-c"], manifest.Services[0].Command);
        Assert.Equal(["exec docker-entrypoint.sh \"apache2-foreground\" # not a comment"], manifest.Services[0].Args);
        Assert.False(manifest.Services[0].Expose[0].IsHttp);
        Assert.Equal([new ExposeTarget(false, "blog", null), new ExposeTarget(false, null, null)], manifest.Services[1].Expose[1].To);
        Assert.Equal([("blog", 2, 500_000L), ("db", 1, 250_000L)], manifest.Placements[0].Groups.Select(group => (group.Service, group.Count, group.Price.RatePerHour.MicroUnits)));
    }

    [Fact]
    public void The_short_form_of_resources_and_a_command_in_one_string_are_read()
    {
        var manifest = ManifestFiles.Read("icl-short-form.yaml");

        Assert.Equal(["nginx", "-g", "daemon off;"], manifest.Services[0].Command);
        Assert.True(manifest.Services[0].Expose[0].IsHttp);
        var resources = manifest.Placements[0].Groups[0].Resources;
        Assert.Equal((2000L, 4 * Gi, 20 * Gi, 1000), (resources.CpuMillis, resources.MemoryBytes, resources.DiskBytes, resources.GpuUnitsMilli));
        Assert.Empty(resources.Gpu!.Alternatives);
        Assert.Equal((30L, 1), (manifest.Placements[0].DurationSeconds, manifest.Placements[0].Groups[0].Count));
    }

    [Fact]
    public void A_port_range_gives_its_first_ports_and_its_length()
    {
        var manifest = ManifestFiles.Read("icl-port-range.yaml");

        var expose = manifest.Services[0].Expose[0];
        Assert.Equal((8443, 9443, 3, PortProtocol.Udp), (expose.Port, expose.As, expose.PortCount, expose.Protocol));
        var resources = manifest.Placements[0].Groups[0].Resources;
        Assert.Equal((100L, 512 * Mi, 1 * Gi), (resources.CpuMillis, resources.MemoryBytes, resources.DiskBytes));
    }

    private static string LastDigits(ProviderId provider) => provider.ToString()[^2..].ToLowerInvariant();
}
