using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>
/// One of the grid's contracts at its address. Methods that change the chain give a <see cref="ContractCall"/>, questions a
/// <see cref="ContractRead{T}"/>.
/// </summary>
public abstract class GridContract(Address address)
{
    public Address Address { get; } = address;

    private protected ContractCall Call(AbiFunction function, params AbiValue[] arguments) => new(Address, function.Encode(arguments));

    private protected ContractRead<T> Read<T>(AbiFunction function, Func<AbiValue, T> decode, params AbiValue[] arguments) =>
        new(Address, function, function.Encode(arguments), outputs => decode(outputs[0]));
}
