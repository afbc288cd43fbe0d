using Grid.Protocol;
using Grid.Protocol.Manifests;

namespace Grid.Tests.Protocol.Manifests;

public sealed class SdlFilesTests
{
    private const long Gi = 1L << 30;
    private const long Mi = 1L << 20;

    [Fact]
    public void A_plain_file_gives_its_attributes_auditors_and_price_per_block()
    {
        var manifest = ManifestFiles.Read("sdl-plain.yaml");

        Assert.Equal((ManifestDialect.Sdl, "2.0", null), (manifest.Dialect, manifest.Version, manifest.Name));
        var expose = manifest.Services[0].Expose[0];
        Assert.Equal((8080, 80, true, true), (expose.Port, expose.As, expose.IsHttp, expose.IsGlobal));
        Assert.Equal(["db.example.com", "www.example.com"], expose.Accept);
        var placement = manifest.Placements[0];
        Assert.Equal([new ManifestAttribute("host", "akash")], placement.Attributes);
        Assert.Equal(["akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63"], placement.SignedByAnyOf);
        Assert.Equal((PlacementMode.Any, null), (placement.Mode, placement.DurationSeconds));
        var group = placement.Groups[0];
        Assert.Equal((100L, 512 * Mi, null), (group.Resources.CpuMillis, group.Resources.MemoryBytes, group.Resources.Gpu));

        // 10 000 micro-units × 3600 s / 6.1 s, rounded down.
        Assert.Equal(new PriceCeiling { Denom = "uakt", Amount = "10000", RatePerHour = new RatePerHour(5_901_639), IsPerBlock = true }, group.Price);
    }

    [Fact]
    public void Quoted_numbers_and_empty_sections_are_read_like_plain_ones()
    {
        var manifest = ManifestFiles.Read("sdl-version-quoted.yaml");

        Assert.Equal("2.0", manifest.Version);
        Assert.Equal((27016, PortProtocol.Udp), (manifest.Services[0].Expose[0].As, manifest.Services[0].Expose[0].Protocol));
        Assert.Empty(manifest.Services[0].Env);
        Assert.Empty(manifest.Placements[0].Attributes);
        Assert.Equal(4000, manifest.Placements[0].Groups[0].Resources.CpuMillis);
        Assert.StartsWith("ibc/170C", manifest.Placements[0].Groups[0].Price.Denom, StringComparison.Ordinal);
    }

    [Fact]
    public void Gpu_alternatives_keep_vendor_model_memory_and_interface()
    {
        var resources = ManifestFiles.Read("sdl-gpu-alternatives.yaml").Placements[0].Groups[0].Resources;

        Assert.Equal(8000, resources.GpuUnitsMilli);
        Assert.Equal(
            [
                new GpuAlternative("nvidia", "h200", 141 * Gi, GpuInterface.Sxm),
                new GpuAlternative("nvidia", "a100", 80 * Gi, null),
                new GpuAlternative("nvidia", "a100-80gb", null, null),
                new GpuAlternative("nvidia", null, null, null),
                new GpuAlternative("amd", "mi300x", null, null),
            ],
            resources.Gpu!.Alternatives);
        Assert.Equal(
            [
                new StorageVolume("default", 50 * Gi, false, StorageClass.Default),
                new StorageVolume("data", 1024 * Gi, true, StorageClass.Beta3),
                new StorageVolume("shm", 32 * Gi, false, StorageClass.Ram),
            ],
            resources.Storage);
        Assert.Equal((1074 * Gi, 32 * Gi), (resources.DiskBytes, resources.SharedMemoryBytes));
    }

    [Fact]
    public void An_empty_vendor_means_any_of_its_models_and_fractions_of_memory_are_exact()
    {
        var group = ManifestFiles.Read("sdl-gpu-any.yaml").Placements[0].Groups[0];

        Assert.Equal([new GpuAlternative("nvidia", null, null, null)], group.Resources.Gpu!.Alternatives);
        Assert.Equal(4864 * Mi, group.Resources.MemoryBytes);
        Assert.Equal(("0.5", 295L), (group.Price.Amount, group.Price.RatePerHour.MicroUnits));
    }

    [Fact]
    public void An_endpoint_binds_a_port_and_sizes_in_gb_are_read_with_a_warning()
    {
        var reading = ManifestReader.Read(ManifestFiles.Text("sdl-endpoint.yaml"));
        var manifest = ManifestFiles.Ok(reading);

        Assert.Equal([new ManifestEndpoint("fixed", "ip")], manifest.Endpoints);
        Assert.Equal([new ExposeTarget(true, null, "fixed")], manifest.Services[0].Expose[0].To);
        Assert.Equal([new StorageMount("data", "/root/.node", true)], manifest.Services[0].StorageMounts);
        Assert.Equal([new("ip-lease", "true"), new ManifestAttribute("capabilities/storage/1/class", "beta1")], manifest.Placements[0].Attributes);
        Assert.Equal(2_000_000_000, manifest.Placements[0].Groups[0].Resources.MemoryBytes);
        Assert.Equal(100_000_000_000, manifest.Placements[0].Groups[0].Resources.Storage[1].SizeBytes);
        Assert.Equal(["profiles.compute.node.resources.memory.size", "profiles.compute.node.resources.storage[1].size"], reading.Warnings.Select(warning => warning.Key));
    }

    [Fact]
    public void Http_options_and_both_lists_of_auditors_are_read()
    {
        var manifest = ManifestFiles.Read("sdl-http-options.yaml");

        var options = manifest.Services[0].Expose[0].HttpOptions!;
        Assert.Equal((104_857_600L, 60_000, 50_000, 3, 40_000), (options.MaxBodySizeBytes, options.ReadTimeoutMs, options.SendTimeoutMs, options.NextTries, options.NextTimeoutMs));
        Assert.Equal(["error", "timeout"], options.NextCases);
        Assert.Equal(PortProtocol.Http, manifest.Services[0].Expose[0].Protocol);
        Assert.Equal(["a", "b"], manifest.Placements[0].SignedByAnyOf);
        Assert.Equal(["c"], manifest.Placements[0].SignedByAllOf);
    }

    [Fact]
    public void Anchors_aliases_and_merge_keys_are_resolved_with_own_keys_first()
    {
        var manifest = ManifestFiles.Read("sdl-anchors.yaml");

        Assert.Equal(["example/worker:1", "example/worker:1", "example/other:2"], manifest.Services.Select(service => service.Image));
        Assert.Equal([["first"], ["second"], []], manifest.Services.Select(service => service.Args.ToArray()));
        Assert.All(manifest.Services, service => Assert.Equal(["QUEUE", "LEVEL"], service.Env.Select(variable => variable.Name)));
        var groups = manifest.Placements[0].Groups;
        Assert.Equal([1 * Gi, 1 * Gi, 8 * Gi], groups.Select(group => group.Resources.MemoryBytes));
        Assert.All(groups, group => Assert.Equal("7", group.Price.Amount));
    }

    [Fact]
    public void Credentials_environment_and_dependencies_are_read()
    {
        var service = ManifestFiles.Read("sdl-registry.yaml").Services[0];

        Assert.Equal(new RegistryCredentials("registry.example.com", "robot", "canary-registry-password", "robot@example.com"), service.Credentials);
        Assert.Equal([new("API_KEY", "canary-env-value"), new("EMPTY", ""), new("BARE", ""), new ManifestEnv("EQUALS", "a=b=c")], service.Env);
        Assert.Equal(["db", "cache"], service.DependsOn);
        Assert.Equal(["deployment", "logs"], service.ReadPermissions);
    }

    [Fact]
    public void An_arm_host_is_asked_for_by_architecture_and_model()
    {
        var resources = ManifestFiles.Read("sdl-arm.yaml").Placements[0].Groups[0].Resources;

        Assert.Equal("arm64", resources.CpuArch);
        Assert.Equal(["m2", "m4"], resources.CpuModels);
        Assert.Equal([new ManifestAttribute("vendor", "apple")], resources.CpuAttributes);
    }

    [Fact]
    public void One_service_may_be_placed_twice_with_different_profiles()
    {
        var manifest = ManifestFiles.Read("sdl-two-placements.yaml");

        Assert.Equal(["east", "west"], manifest.Placements.Select(placement => placement.Name));
        Assert.Equal([(1, 4000L, "uakt", true), (2, 1000L, "USDC", false)], manifest.Placements.Select(placement => placement.Groups[0]).Select(group => (group.Count, group.Resources.CpuMillis, group.Price.Denom, group.Price.IsPerBlock)));
        Assert.Equal(new RatePerHour(20_000), manifest.Placements[1].Groups[0].Price.RatePerHour);
    }

    [Fact]
    public void Every_style_of_text_gives_the_text_it_means()
    {
        var service = ManifestFiles.Read("sdl-text-styles.yaml").Services[0];

        Assert.Equal(["echo one\necho \"two\"\n", "three four", "it's", "tab\tnew\nline é", "--flag=value"], service.Args);
        Assert.Equal([new("QUOTED", "with spaces"), new("UNICODE", "grüße"), new ManifestEnv("discovery.type", "single-node")], service.Env);
    }

    [Fact]
    public void Storage_classes_and_every_unit_of_size_are_read()
    {
        var resources = ManifestFiles.Read("sdl-ram-disk-and-class.yaml").Placements[0].Groups[0].Resources;

        Assert.Equal(1_000_000_000, resources.MemoryBytes);
        Assert.Equal(
            [
                new StorageVolume("default", 128_000_000, false, StorageClass.Default),
                new StorageVolume("fast", 1500 * Mi, false, StorageClass.Ram),
                new StorageVolume("slow", 1_000_000_000_000, true, StorageClass.Beta2),
                new StorageVolume("plain", 1000, false, StorageClass.Default),
            ],
            resources.Storage);
    }
}
