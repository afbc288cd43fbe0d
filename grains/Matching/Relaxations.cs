using System.Collections.Immutable;
using Grid.Protocol;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>Every single requirement that an order could do without, or with less of.</summary>
public static class Relaxations
{
    /// <summary>About a million tokens an hour: who asks more is taken for asking anything.</summary>
    private const long MostRate = 1L << 40;

    /// <returns>In the order of the filters; each leaves everything but its own requirement as it is.</returns>
    public static IEnumerable<Relaxation> Of(MatchRequirement asked) =>
        [.. OfMachine(asked), .. OfGpus(asked), .. OfAmounts(asked), .. OfPlace(asked), .. OfTrust(asked), .. OfTerms(asked)];

    private static IEnumerable<Relaxation> OfMachine(MatchRequirement asked)
    {
        if (asked.Mode is { } mode) yield return Relaxation.Without(HardFilter.Mode, asked with { Mode = null }, $"mode other than {mode}");
        if (asked.Architecture is not null || !asked.CpuModels.IsEmpty)
            yield return Relaxation.Without(HardFilter.Architecture, asked with { Architecture = null, CpuModels = [] }, "any processor");
    }

    private static IEnumerable<Relaxation> OfGpus(MatchRequirement asked)
    {
        if (asked.Amounts.GpuMillis == 0) yield break;
        if (asked.Gpus.Any(static gpu => gpu.Model.Length > 0 || gpu.Vendor.Length > 0))
            yield return Relaxation.Without(
                HardFilter.GpuModel, asked with { Gpus = Each(asked, static gpu => gpu with { Model = "", Vendor = "" }) },
                "any GPU model");
        if (asked.FreeVram != FreeVramBounds.Any || asked.Gpus.Any(static gpu => gpu.MinVramMib > 0))
            yield return Relaxation.Without(
                HardFilter.GpuVram,
                    asked with { FreeVram = FreeVramBounds.Any, Gpus = Each(asked, static gpu => gpu with { MinVramMib = 0 }) },
                    "any amount of VRAM");
        if (asked.Gpus.Any(static gpu => gpu.Interface is not null))
            yield return Relaxation.Without(
                HardFilter.GpuInterface, asked with { Gpus = Each(asked, static gpu => gpu with { Interface = null }) },
                "any GPU interface");
        if (asked.LargestGpuShareMillis < OfferedDevice.WholeMillis)
            yield return Relaxation.Without(
                HardFilter.GpuCount, WithGpus(asked, WholeGpus(asked)) with { LargestGpuShareMillis = OfferedDevice.WholeMillis },
                "whole GPUs");
        var whole = asked.Amounts.GpuMillis / OfferedDevice.WholeMillis;
        if (asked.LargestGpuShareMillis >= OfferedDevice.WholeMillis && whole > 1)
            yield return new Relaxation(
                HardFilter.GpuCount, 1, whole - 1, count => WithGpus(asked, count), static count => $"{count} GPUs");
    }

    private static IEnumerable<Relaxation> OfAmounts(MatchRequirement asked)
    {
        var amounts = asked.Amounts;
        if (amounts.CpuMillis > 1)
            yield return Less(
                HardFilter.Cpu, amounts.CpuMillis, asked, static (all, cpu) => all with { CpuMillis = cpu }, static cpu => $"cpu {cpu}m");
        if (amounts.MemoryMib > 1)
            yield return Less(
                HardFilter.Memory, amounts.MemoryMib, asked, static (all, mib) =>
                all with { MemoryMib = mib }, static mib => $"memory {mib}Mi");
        var total = amounts.StorageMib.Total;
        if (total > 1)
            yield return Less(
                HardFilter.Storage, total, asked, (all, mib) =>
                all with { StorageMib = Scaled(all.StorageMib, mib, total) }, static mib => $"storage {mib}Mi");
        if (amounts.StorageMib.Default < total)
            yield return Relaxation.Without(
                HardFilter.StorageClass, asked with { Amounts = amounts with { StorageMib = new StorageAmounts(total, 0, 0, 0) } },
                    "storage of the default class");
        if (amounts.Ports > 0)
            yield return Less(
                HardFilter.Ports, amounts.Ports, asked, static (all, ports) =>
                all with { Ports = (int)ports }, static ports => $"{ports} ports");
    }

    private static IEnumerable<Relaxation> OfPlace(MatchRequirement asked)
    {
        if (!asked.Regions.IsEmpty) yield return Relaxation.Without(HardFilter.Region, asked with { Regions = [] }, "any region");
        if (!asked.ExcludedRegions.IsEmpty)
            yield return Relaxation.Without(HardFilter.ExcludedRegion, asked with { ExcludedRegions = [] }, "no excluded region");
        if (!asked.Providers.IsEmpty) yield return Relaxation.Without(HardFilter.Provider, asked with { Providers = [] }, "any provider");
        if (!asked.ExcludedProviders.IsEmpty)
            yield return Relaxation.Without(HardFilter.ExcludedProvider, asked with { ExcludedProviders = [] }, "no excluded provider");
    }

    private static IEnumerable<Relaxation> OfTrust(MatchRequirement asked)
    {
        if (asked.TrustTiers != 0) yield return Relaxation.Without(HardFilter.TrustTier, asked with { TrustTiers = 0 }, "any trust tier");
        foreach (var attribute in asked.Attributes)
            yield return Relaxation.Without(
                HardFilter.Attributes, asked with { Attributes = asked.Attributes.Remove(attribute) },
                $"without attribute {attribute.Key}={attribute.Value}");
        if (!asked.SignedByAnyOf.IsEmpty || !asked.SignedByAllOf.IsEmpty)
            yield return Relaxation.Without(
                HardFilter.SignedBy, asked with { SignedByAnyOf = [], SignedByAllOf = [] }, "without an auditor's signature");
        foreach (var label in asked.ComplianceLabels)
            yield return Relaxation.Without(
                HardFilter.Compliance, asked with { ComplianceLabels = asked.ComplianceLabels.Remove(label) }, $"without label {label}");
        if (asked.MinIsolation > IsolationLevel.None)
            yield return new Relaxation(
                HardFilter.Isolation, 0, (long)asked.MinIsolation - 1, level => asked with { MinIsolation = (IsolationLevel)level },
                static level => $"isolation {IsolationNames.All[(int)level]}");
    }

    private static IEnumerable<Relaxation> OfTerms(MatchRequirement asked)
    {
        if (asked.MaxRoundTripMs > 0)
            yield return Relaxation.Without(HardFilter.RoundTrip, asked with { MaxRoundTripMs = 0 }, "any round trip");
        if (asked.MinBandwidthMbps > 0)
            yield return new Relaxation(
                HardFilter.Bandwidth, 0, asked.MinBandwidthMbps - 1, mbps =>
                    asked with { MinBandwidthMbps = (int)mbps }, static mbps => $"bandwidth {mbps} Mbit/s");
        if (asked.NeedsHostImage)
            yield return Relaxation.Without(HardFilter.HostImage, asked with { NeedsHostImage = false }, "another image than host");
        if (asked.RunAheadSeconds > 1)
            yield return new Relaxation(
                HardFilter.RunAhead, 1, asked.RunAheadSeconds - 1, seconds =>
                    asked with { RunAheadSeconds = (int)seconds }, static seconds => $"runAhead {seconds}s");
        if (asked.Token.Length > 0) yield return Relaxation.Without(HardFilter.Token, asked with { Token = "" }, "any token");
        // The lowest ceiling that somebody asks no more than.
        if (asked.PriceCeiling.MicroUnits < MostRate)
            yield return new Relaxation(
                HardFilter.PriceCeiling, 0, MostRate - asked.PriceCeiling.MicroUnits - 1,
                below =>
                    asked with { PriceCeiling = new RatePerHour(MostRate - below) }, static below =>
                    $"a price of {new RatePerHour(MostRate - below)}");
    }

    private static Relaxation Less(
        HardFilter filter, long asked, MatchRequirement requirement, Func<ResourceAmounts, long, ResourceAmounts> with, Func<long,
            string> words) =>
        new(filter, 0, asked - 1, less => requirement with { Amounts = with(requirement.Amounts, less) }, words);

    private static long WholeGpus(MatchRequirement asked) =>
        (asked.Amounts.GpuMillis + OfferedDevice.WholeMillis - 1) / OfferedDevice.WholeMillis;

    private static MatchRequirement WithGpus(MatchRequirement asked, long count) =>
        asked with { Amounts = asked.Amounts with { GpuMillis = count * OfferedDevice.WholeMillis } };

    private static ImmutableArray<WantedGpu> Each(MatchRequirement asked, Func<WantedGpu, WantedGpu> weaker) =>
        [.. asked.Gpus.Select(weaker).Distinct()];

    private static StorageAmounts Scaled(in StorageAmounts amounts, long wanted, long total) => new(
        amounts.Default * wanted / total, amounts.Hdd * wanted / total, amounts.Ssd * wanted / total, amounts.Nvme * wanted / total);
}
