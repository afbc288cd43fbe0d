using System.Runtime.CompilerServices;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>Seven unit prices of up to 35 bits each: the lower halves, and what is above them together.</summary>
internal struct PackedPrices
{
    private const int UpperBits = 3;

    private Lower _lower;
    private uint _upper;

    public PackedPrices(in UnitPrices prices)
    {
        Set(0, prices.PerCore);
        Set(1, prices.PerGibMemory);
        Set(2, prices.PerGpu);
        Set(3, prices.PerGibStorage.Default);
        Set(4, prices.PerGibStorage.Hdd);
        Set(5, prices.PerGibStorage.Ssd);
        Set(6, prices.PerGibStorage.Nvme);
    }

    public readonly UnitPrices Value => new(Get(0), Get(1), new StorageAmounts(Get(3), Get(4), Get(5), Get(6)), Get(2));

    private readonly long Get(int index) => _lower[index] | (long)(_upper >> UpperBits * index & (1 << UpperBits) - 1) << 32;

    private void Set(int index, long price)
    {
        _lower[index] = (uint)price;
        _upper |= (uint)(price >> 32) << UpperBits * index;
    }

    [InlineArray(7)]
    private struct Lower
    {
        private uint _first;
    }
}
