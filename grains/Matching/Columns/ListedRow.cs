using System.Runtime.InteropServices;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>What a scan reads only of listings that it can't decide by their columns; exact, and without references.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct ListedRow
{
    public const int Itself = -1;

    public PackedAddress Provider;
    public Hash256 TermsHash;
    public PackedPrices Prices;
    public long StakeMicroUnits;
    public int CpuMillis;
    public int MemoryMib;
    public int StorageDefaultMib;
    public int StorageHddMib;
    public int StorageSsdMib;
    public int StorageNvmeMib;
    public int GpuMillis;
    public int Ports;
    public int VramMib;
    public int SlashedPpm;
    public int ErasServed;
    public int BandwidthMbps;
    public int RoundTripMs;
    public int MaxRunAheadSeconds;

    /// <summary>Places in the tables of <see cref="SharedParts"/>.</summary>
    public int Spot;
    public int Claims;

    /// <summary>Likewise; <see cref="Itself"/> where the provider is its own owner.</summary>
    public int Owner;
    public byte FreeVramPercent;

    public ListedRow(OfferRow row)
    {
        Provider = new PackedAddress(row.Provider.Value);
        TermsHash = row.TermsHash;
        Prices = new PackedPrices(row.Prices);
        StakeMicroUnits = row.Standing.Stake.MicroUnits;
        CpuMillis = (int)row.Free.CpuMillis;
        MemoryMib = (int)row.Free.MemoryMib;
        StorageDefaultMib = (int)row.Free.StorageMib.Default;
        StorageHddMib = (int)row.Free.StorageMib.Hdd;
        StorageSsdMib = (int)row.Free.StorageMib.Ssd;
        StorageNvmeMib = (int)row.Free.StorageMib.Nvme;
        GpuMillis = (int)row.Free.GpuMillis;
        Ports = row.Free.Ports;
        VramMib = (int)row.Gpu.VramMib;
        SlashedPpm = row.Standing.SlashedPpm;
        ErasServed = row.Standing.ErasServed;
        BandwidthMbps = row.BandwidthMbps;
        RoundTripMs = row.RoundTripMs;
        MaxRunAheadSeconds = row.MaxRunAheadSeconds;
        FreeVramPercent = (byte)row.Gpu.FreeVramPercent;
    }

    public readonly ProviderId ProviderId => new(Provider.Value);

    public readonly StorageAmounts StorageMib => new(StorageDefaultMib, StorageHddMib, StorageSsdMib, StorageNvmeMib);

    public readonly ResourceAmounts Free => new(CpuMillis, MemoryMib, StorageMib, GpuMillis, Ports);
}
