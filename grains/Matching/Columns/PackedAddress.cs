using System.Runtime.CompilerServices;
using Grid.Chain.Crypto;

namespace Grid.Matching;

/// <summary>An address in its own 20 bytes, without the padding of words.</summary>
[InlineArray(Address.SizeBytes)]
internal struct PackedAddress
{
    private byte _first;

    public PackedAddress(Address address) => address.CopyTo(this);

    public readonly Address Value => new(this);
}
