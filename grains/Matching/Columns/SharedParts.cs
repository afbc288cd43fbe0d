using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol.Catalogue;
using Grid.Protocol.Manifests;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>What many listings have in common, each kept once and numbered.</summary>
internal sealed class SharedParts
{
    public InternTable<Spot> Spots { get; } = new();

    public InternTable<GpuKind> Kinds { get; } = new();

    public InternTable<Claims> Claims { get; } = new();

    /// <summary>Of listings whose owner is not the provider itself.</summary>
    public InternTable<Address> Owners { get; } = new();
}

/// <summary>Where a listing is and what it is priced in.</summary>
internal sealed record Spot(string Region, string Zone, string Token, short RegionOrdinal);

/// <summary>What is the same of all GPUs of a kind, whosoever they are.</summary>
internal sealed record GpuKind(string Model, string Vendor, GpuInterface? Interface, bool IsPretended)
{
    /// <summary>Only what the catalogue names: a listing says freely what it has, and must not make columns for itself.</summary>
    public bool HasColumns => Model.Length == 0 ? Vendor.Length == 0 : GpuCatalogue.Standard.Find(Model)?.Vendor == Vendor;
}

/// <summary>What a provider says of itself, and who signed it; equal where the entries are.</summary>
internal sealed record Claims(ImmutableArray<OfferAttribute> Attributes, ImmutableArray<string> Labels, ImmutableArray<Address> Auditors)
{
    public bool Equals(Claims? other) => other is not null
        && Attributes.AsSpan().SequenceEqual(other.Attributes.AsSpan())
        && Labels.AsSpan().SequenceEqual(other.Labels.AsSpan())
        && Auditors.AsSpan().SequenceEqual(other.Auditors.AsSpan());

    public override int GetHashCode()
    {
        var hash = Labels.Length;
        foreach (var attribute in Attributes) hash = hash * 31 + attribute.GetHashCode();
        foreach (var label in Labels) hash = hash * 31 + label.GetHashCode(StringComparison.Ordinal);
        foreach (var auditor in Auditors) hash = hash * 31 + auditor.GetHashCode();
        return hash;
    }
}
