using Grid.Protocol;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>The canonical bytes of a delta: what the index's running hash covers.</summary>
public static class OfferDeltaBytes
{
    public static void Write(CanonicalBytes bytes, OfferDelta delta)
    {
        bytes.Byte((byte)delta.Kind);
        switch (delta.Kind)
        {
            case OfferDeltaKind.Upsert:
                WriteRow(bytes, delta.Row!);
                return;
            case OfferDeltaKind.Remove:
                bytes.Address(delta.Key.Provider.Value).Text(delta.Key.GpuModel);
                return;
            default:
                bytes.Int64(delta.MedianStake.MicroUnits);
                return;
        }
    }

    /// <summary>A note of <see cref="OfferDeltaKind.Merge"/>.</summary>
    internal static void WriteMerge(CanonicalBytes bytes, IReadOnlyList<KeyValuePair<string, IndexPosition>> regions)
    {
        bytes.Byte((byte)OfferDeltaKind.Merge);
        IndexPosition.WriteMerge(bytes, regions);
    }

    private static void WriteRow(CanonicalBytes bytes, OfferRow row)
    {
        bytes.Address(row.Provider.Value).Address(row.Owner).Word(row.TermsHash).Text(row.Region).Text(row.Zone)
            .Byte((byte)row.Mode).Byte((byte)row.Architecture).Byte((byte)row.Isolation).Text(row.Token)
            .Int64(row.Prices.PerCore).Int64(row.Prices.PerGibMemory).Storage(row.Prices.PerGibStorage).Int64(row.Prices.PerGpu)
            .Amounts(row.Free);
        WriteGpu(bytes, row.Gpu);
        WriteStanding(bytes, row.Standing);
        WriteLists(bytes, row);
        bytes.Int32(row.BandwidthMbps).Int32(row.RoundTripMs).Int32(row.MaxRunAheadSeconds).Flag(row.AllowsHostImage);
    }

    private static void WriteGpu(CanonicalBytes bytes, GpuListing gpu) => bytes
        .Text(gpu.Model).Text(gpu.Vendor).Byte((byte)(gpu.Interface ?? 0)).Int64(gpu.VramMib)
        .Int32(gpu.FreeVramPercent).Int32(gpu.WholeFreeCount).Int32(gpu.LargestFreeShareMillis).Flag(gpu.IsPretended);

    private static void WriteStanding(CanonicalBytes bytes, in ProviderStanding standing) => bytes
        .Int64(standing.Stake.MicroUnits).Int32(standing.SlashedPpm).Int32(standing.ErasServed)
        .Int32(standing.UptimeFactor).Int32(standing.ReputationFactor).Byte(standing.TrustTier);

    private static void WriteLists(CanonicalBytes bytes, OfferRow row)
    {
        bytes.Int32(row.Attributes.Length);
        foreach (var attribute in row.Attributes) bytes.Text(attribute.Key).Text(attribute.Value);
        bytes.Int32(row.Auditors.Length);
        foreach (var auditor in row.Auditors) bytes.Address(auditor);
        bytes.Int32(row.ComplianceLabels.Length);
        foreach (var label in row.ComplianceLabels) bytes.Text(label);
    }
}
