using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>Reads what <see cref="OfferDeltaBytes"/> wrote. The bytes may come from anybody: what is not what would be written is
/// refused.</summary>
internal sealed class OfferDeltaReader
{
    private readonly TextPool _texts = new();

    public bool TryRead(ReadOnlySpan<byte> bytes, out OfferDelta? delta)
    {
        delta = null;
        var reader = new CanonicalReader(bytes);
        switch ((OfferDeltaKind)reader.Byte())
        {
            case OfferDeltaKind.Upsert:
                if (Row(ref reader) is not { } row) return false;
                delta = OfferDelta.Upsert(row);
                break;
            case OfferDeltaKind.Remove:
                delta = OfferDelta.Remove(new OfferKey(new ProviderId(reader.Address()), Text(ref reader)));
                break;
            case OfferDeltaKind.MedianStake:
                delta = OfferDelta.MeasureStakeAgainst(new Money(reader.Int64()));
                break;
            case OfferDeltaKind.Merge:
                delta = new OfferDelta(OfferDeltaKind.Merge, null, default, default);
                return IndexPosition.ReadMerge(bytes[1..]) is not null;
            default:
                return false;
        }

        return reader.IsAtEnd;
    }

    private OfferRow? Row(ref CanonicalReader reader)
    {
        var (provider, owner, termsHash) = (new ProviderId(reader.Address()), reader.Address(), reader.Word());
        var (region, zone) = (Text(ref reader), Text(ref reader));
        var (mode, architecture, isolation) = ((OfferMode)reader.Byte(), (CpuArchitecture)reader.Byte(), (IsolationLevel)reader.Byte());
        var token = Text(ref reader);
        var (perCore, perGib, perGibStorage) = (reader.Int64(), reader.Int64(), Storage(ref reader));
        var prices = new UnitPrices(perCore, perGib, perGibStorage, reader.Int64());
        var free = Amounts(ref reader);
        var gpu = Gpu(ref reader);
        var standing = new ProviderStanding(new Money(reader.Int64()), reader.Int32(), reader.Int32(), reader.Int32(), reader.Int32(), reader.Byte());
        if (Attributes(ref reader) is not { } attributes || Auditors(ref reader) is not { } auditors || Labels(ref reader) is not { } labels) return null;
        var row = new OfferRow(
            provider, owner, termsHash, region, zone, mode, architecture, isolation, token, prices, free, gpu, standing, attributes, auditors, labels,
            reader.Int32(), reader.Int32(), reader.Int32(), reader.Byte() != 0);
        return Listing.Fault(row) is null ? row : null;
    }

    private GpuListing Gpu(ref CanonicalReader reader)
    {
        var (model, vendor, connection) = (Text(ref reader), Text(ref reader), reader.Byte());
        var gpu = new GpuListing(
            model, vendor, connection == 0 ? null : (GpuInterface)connection, reader.Int64(), reader.Int32(), reader.Int32(), reader.Int32(), reader.Byte() != 0);
        return gpu == GpuListing.None ? GpuListing.None : gpu;
    }

    private ImmutableArray<OfferAttribute>? Attributes(ref CanonicalReader reader)
    {
        var count = reader.Int32();
        if (count is < 0 or > OfferLimits.MaxAttributes) return null;
        var attributes = ImmutableArray.CreateBuilder<OfferAttribute>(count);
        for (var i = 0; i < count; i++) attributes.Add(new OfferAttribute(Text(ref reader), Text(ref reader)));
        return attributes.MoveToImmutable();
    }

    private static ImmutableArray<Address>? Auditors(ref CanonicalReader reader)
    {
        var count = reader.Int32();
        if (count is < 0 or > OfferLimits.MaxAudits) return null;
        var auditors = ImmutableArray.CreateBuilder<Address>(count);
        for (var i = 0; i < count; i++) auditors.Add(reader.Address());
        return auditors.MoveToImmutable();
    }

    private ImmutableArray<string>? Labels(ref CanonicalReader reader)
    {
        var count = reader.Int32();
        if (count is < 0 or > OfferLimits.MaxComplianceLabels) return null;
        var labels = ImmutableArray.CreateBuilder<string>(count);
        for (var i = 0; i < count; i++) labels.Add(Text(ref reader));
        return labels.MoveToImmutable();
    }

    private static ResourceAmounts Amounts(ref CanonicalReader reader)
    {
        var (cpu, memory, storage) = (reader.Int64(), reader.Int64(), Storage(ref reader));
        return new ResourceAmounts(cpu, memory, storage, reader.Int64(), reader.Int32());
    }

    private static StorageAmounts Storage(ref CanonicalReader reader) => new(reader.Int64(), reader.Int64(), reader.Int64(), reader.Int64());

    private string Text(ref CanonicalReader reader) => _texts.Of(reader.TextBytes());
}
