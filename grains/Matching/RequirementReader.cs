using System.Collections.Immutable;
using System.Text;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>Reads what <see cref="RequirementHash.Bytes"/> wrote.</summary>
public static class RequirementReader
{
    /// <returns>Null for anything that would not be written.</returns>
    public static MatchRequirement? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        if (Text(ref reader) != RequirementHash.Domain) return null;
        var requirement = Terms(ref reader, Trust(ref reader, Place(ref reader, Machine(ref reader))));
        if (reader.IsTruncated) return null;
        if (!reader.IsAtEnd) requirement = requirement with { MinStake = new Money(reader.Int64()) };
        return reader.IsAtEnd && bytes.SequenceEqual(RequirementHash.Bytes(requirement)) ? requirement : null;
    }

    private static MatchRequirement Machine(ref CanonicalReader reader)
    {
        var (cpu, memory, storage) = (reader.Int64(), reader.Int64(), new StorageAmounts(reader.Int64(), reader.Int64(), reader.Int64(), reader.Int64()));
        var amounts = new ResourceAmounts(cpu, memory, storage, reader.Int64(), reader.Int32());
        var share = reader.Int32();
        var gpus = new WantedGpu[CountOf(ref reader)];
        for (var i = 0; i < gpus.Length; i++) gpus[i] = new WantedGpu(Text(ref reader), Text(ref reader), reader.Int64(), Interface(reader.Byte()));
        var freeVram = new FreeVramBounds(reader.Int32(), reader.Int32());
        var (architecture, mode) = (reader.Int32(), reader.Int32());
        return MatchRequirement.Nothing with
        {
            Amounts = amounts,
            LargestGpuShareMillis = share,
            Gpus = [.. gpus],
            FreeVram = freeVram,
            Architecture = architecture < 0 ? null : (CpuArchitecture)architecture,
            Mode = mode < 0 ? null : (OfferMode)mode,
            CpuModels = Texts(ref reader),
        };
    }

    private static MatchRequirement Place(ref CanonicalReader reader, MatchRequirement requirement) => requirement with
    {
        Regions = Texts(ref reader),
        ExcludedRegions = Texts(ref reader),
        Zone = Text(ref reader),
        Providers = [.. Addresses(ref reader).Select(static address => new ProviderId(address))],
        ExcludedProviders = [.. Addresses(ref reader).Select(static address => new ProviderId(address))],
    };

    private static MatchRequirement Trust(ref CanonicalReader reader, MatchRequirement requirement)
    {
        var tiers = reader.Byte();
        var attributes = new OfferAttribute[CountOf(ref reader)];
        for (var i = 0; i < attributes.Length; i++) attributes[i] = new OfferAttribute(Text(ref reader), Text(ref reader));
        return requirement with
        {
            TrustTiers = tiers,
            Attributes = [.. attributes],
            SignedByAnyOf = Addresses(ref reader),
            SignedByAllOf = Addresses(ref reader),
            ComplianceLabels = Texts(ref reader),
        };
    }

    private static MatchRequirement Terms(ref CanonicalReader reader, MatchRequirement requirement) => requirement with
    {
        MinIsolation = (IsolationLevel)reader.Byte(),
        MaxRoundTripMs = reader.Int32(),
        MinBandwidthMbps = reader.Int32(),
        NeedsHostImage = reader.Byte() != 0,
        RunAheadSeconds = reader.Int32(),
        Token = Text(ref reader),
        PriceCeiling = new RatePerHour(reader.Int64()),
        Weights = new MatchWeights(
            reader.Int32(), reader.Int32(), reader.Int32(), reader.Int32(), reader.Int32(), reader.Int32(), reader.Int32(), reader.Int32()),
    };

    private static GpuInterface? Interface(byte value) => value == 0 ? null : (GpuInterface)value;

    private static string Text(ref CanonicalReader reader) => Encoding.UTF8.GetString(reader.TextBytes());

    private static ImmutableArray<string> Texts(ref CanonicalReader reader)
    {
        var texts = new string[CountOf(ref reader)];
        for (var i = 0; i < texts.Length; i++) texts[i] = Text(ref reader);
        return [.. texts];
    }

    private static ImmutableArray<Address> Addresses(ref CanonicalReader reader)
    {
        var addresses = new Address[CountOf(ref reader)];
        for (var i = 0; i < addresses.Length; i++) addresses[i] = reader.Address();
        return [.. addresses];
    }

    private static int CountOf(ref CanonicalReader reader) => reader.Int32() is >= 0 and <= Limits.MaxRequirementEntries and var count ? count : 0;
}
