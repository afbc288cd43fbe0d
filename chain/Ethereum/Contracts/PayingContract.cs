using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;
using Grid.Protocol;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>A contract that owes: payees fetch their money, so that one who can't be paid blocks only itself.</summary>
public abstract class PayingContract(Address address) : GridContract(address)
{
    private static readonly AbiFunction s_collect = AbiFunction.Parse("collect(address account)");
    private static readonly AbiFunction s_owed = AbiFunction.Parse("owed(address account) returns (uint256)");

    /// <summary>Anyone may call it; it pays the account.</summary>
    public ContractCall Collect(Address account) => Call(s_collect, account);

    public ContractRead<Money> OwedTo(Address account) => Read(s_owed, value => value.ToMoney(), account);
}
