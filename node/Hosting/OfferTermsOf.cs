using System.Collections.Immutable;
using Grid.Node.Execution;
using Grid.Node.Inventory;
using Grid.Protocol;
using Grid.Protocol.Catalogue;
using Grid.Protocol.Offers;
using EngineLevel = Grid.Node.Execution.IsolationLevel;
using Kind = Grid.Protocol.Manifests.StorageClass;
using Level = Grid.Protocol.Offers.IsolationLevel;

namespace Grid.Node.Hosting;

/// <summary>From what a machine has and its owner chooses to the terms that it lists.</summary>
public static class OfferTermsOf
{
    private const int MaxPorts = 1024;
    private const int MaxRunAheadSeconds = 7 * 86_400;

    public static OfferTerms Of(ProviderId provider, NodeOptions options, MachineInventory machine, IsolationReport isolation)
    {
        var slice = options.Slice ?? CapacitySlice.DefaultOf(machine);
        var devices = Devices(machine, slice, options, provider);
        var prices = new OfferPrices(
            options.PerCore,
            options.PerGibMemory,
            new StorageAmounts(options.PerGibStorage.MicroUnits, options.PerGibStorage.MicroUnits, options.PerGibStorage.MicroUnits, options.PerGibStorage.MicroUnits),
            [.. devices.Select(static device => device.Model).Distinct().Order(StringComparer.Ordinal).Select(model => new GpuPrice(model, PriceOf(model, options)))]);
        return new OfferTerms(
            provider,
            provider.Value,
            options.Region,
            options.Zone,
            OfferMode.Provider,
            machine.Architecture == "arm64" ? CpuArchitecture.Arm64 : CpuArchitecture.Amd64,
            LevelOf(isolation.Level),
            options.Token,
            prices,
            new ResourceAmounts(slice.CpuMillis, slice.MemoryMib, Storage(machine, slice), 0, MaxPorts),
            devices,
            [],
            [],
            [],
            options.BandwidthMbps,
            MaxRunAheadSeconds,
            options.AllowsHostImage);
    }

    /// <summary>The disk is sold under its own class, and half of it under the class that asks for nothing special.</summary>
    private static StorageAmounts Storage(MachineInventory machine, CapacitySlice slice)
    {
        var kind = Enum.TryParse<Kind>(machine.StorageClass, ignoreCase: true, out var parsed) && parsed != Kind.Ram ? parsed : Kind.Default;
        if (kind == Kind.Default) return default(StorageAmounts).With(Kind.Default, slice.DiskMib);
        return default(StorageAmounts).With(Kind.Default, slice.DiskMib / 2).With(kind, slice.DiskMib / 2);
    }

    /// <summary>A card that has no price, since the catalogue does not know it and its owner names none, is not given away: it is not listed.</summary>
    private static ImmutableArray<OfferedDevice> Devices(MachineInventory machine, CapacitySlice slice, NodeOptions options, ProviderId provider)
    {
        if (options.PretendedGpu is { } pretended)
        {
            var model = GpuCatalogue.Standard.Find(pretended) ?? throw new ArgumentException($"--pretend-gpu is '{pretended}', expected a model of the GPU catalogue, as rtx4090.");
            return [new OfferedDevice($"GPU-pretended-{provider.Value.ToString()[2..14].ToLowerInvariant()}", model.Model, model.Vendor, model.VramGib * 1024L, null, OfferedDevice.WholeMillis, true)];
        }

        return
        [
            .. machine.Gpus
                .Where(gpu => !gpu.MigEnabled && slice.GpuUuids.Contains(gpu.Uuid))
                .OrderBy(static gpu => gpu.Uuid, StringComparer.Ordinal)
                .Select(static gpu => Device(gpu))
                .Where(device => PriceOf(device.Model, options) > RatePerHour.Zero),
        ];
    }

    private static OfferedDevice Device(Gpu gpu)
    {
        var known = GpuCatalogue.Standard.Identify(gpu.Model, (int)gpu.MemoryMib);
        return new OfferedDevice(
            gpu.Uuid, known?.Model ?? "other", gpu.Vendor == GpuVendor.Nvidia ? "nvidia" : "amd", Math.Max(1, gpu.MemoryMib), null, OfferedDevice.WholeMillis, false);
    }

    private static RatePerHour PriceOf(string model, NodeOptions options) =>
        options.PerGpu.TryGetValue(model, out var chosen) ? chosen : GpuCatalogue.Standard.Find(model)?.GuidePrice ?? RatePerHour.Zero;

    private static Level LevelOf(EngineLevel level) => level switch
    {
        EngineLevel.Full => Level.Full,
        EngineLevel.Namespaces => Level.Namespaces,
        _ => Level.None,
    };
}
