using System.Collections.Immutable;
using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>SHA-256 over the canonical bytes of what an order asked: binds a match record to the question it answers.</summary>
public static class RequirementHash
{
    internal const string Domain = "grid.match-requirement.v1";

    public static Hash256 Of(MatchRequirement requirement) => new(SHA256.HashData(Bytes(requirement)));

    /// <summary>What the hash is over; <see cref="RequirementReader"/> reads it.</summary>
    public static ReadOnlySpan<byte> Bytes(MatchRequirement requirement)
    {
        var bytes = new CanonicalBytes().Text(Domain);
        bytes.Amounts(requirement.Amounts).Int32(requirement.LargestGpuShareMillis);
        WriteGpus(bytes, requirement);
        bytes.Int32(requirement.Architecture is { } architecture ? (int)architecture : -1).Int32(requirement.Mode is { } mode ? (int)mode : -1);
        WriteTexts(bytes, requirement.CpuModels);
        WriteTexts(bytes, requirement.Regions);
        WriteTexts(bytes, requirement.ExcludedRegions);
        bytes.Text(requirement.Zone);
        WriteProviders(bytes, requirement.Providers);
        WriteProviders(bytes, requirement.ExcludedProviders);
        bytes.Byte(requirement.TrustTiers);
        WriteAudits(bytes, requirement);
        WriteTexts(bytes, requirement.ComplianceLabels);
        bytes.Byte((byte)requirement.MinIsolation).Int32(requirement.MaxRoundTripMs).Int32(requirement.MinBandwidthMbps)
            .Flag(requirement.NeedsHostImage).Int32(requirement.RunAheadSeconds).Text(requirement.Token).Int64(requirement.PriceCeiling.MicroUnits);
        for (var i = 0; i < Factors.Count; i++) bytes.Int32(requirement.Weights[i]);
        bytes.Int32(requirement.Weights.Temperature);
        // Where nothing is staked the question is the one that it was before there was stake.
        if (requirement.MinStake > Money.Zero) bytes.Int64(requirement.MinStake.MicroUnits);
        return bytes.Written;
    }

    private static void WriteGpus(CanonicalBytes bytes, MatchRequirement requirement)
    {
        bytes.Int32(requirement.Gpus.Length);
        foreach (var gpu in requirement.Gpus) bytes.Text(gpu.Vendor).Text(gpu.Model).Int64(gpu.MinVramMib).Byte((byte)(gpu.Interface ?? 0));
        bytes.Int32(requirement.FreeVram.MinPercent).Int32(requirement.FreeVram.MaxPercent);
    }

    private static void WriteAudits(CanonicalBytes bytes, MatchRequirement requirement)
    {
        bytes.Int32(requirement.Attributes.Length);
        foreach (var attribute in requirement.Attributes) bytes.Text(attribute.Key).Text(attribute.Value);
        WriteAddresses(bytes, requirement.SignedByAnyOf);
        WriteAddresses(bytes, requirement.SignedByAllOf);
    }

    private static void WriteTexts(CanonicalBytes bytes, ImmutableArray<string> texts)
    {
        bytes.Int32(texts.Length);
        foreach (var text in texts) bytes.Text(text);
    }

    private static void WriteProviders(CanonicalBytes bytes, ImmutableArray<ProviderId> providers)
    {
        bytes.Int32(providers.Length);
        foreach (var provider in providers) bytes.Address(provider.Value);
    }

    private static void WriteAddresses(CanonicalBytes bytes, ImmutableArray<Address> addresses)
    {
        bytes.Int32(addresses.Length);
        foreach (var address in addresses) bytes.Address(address);
    }
}
