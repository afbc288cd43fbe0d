using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;
using Grid.Protocol;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>The grid's ERC-20 token, or another one with 6 decimals.</summary>
public sealed class TokenContract(Address address) : GridContract(address)
{
    private static readonly AbiFunction s_transfer = AbiFunction.Parse("transfer(address to, uint256 value) returns (bool)");
    private static readonly AbiFunction s_approve = AbiFunction.Parse("approve(address spender, uint256 value) returns (bool)");
    private static readonly AbiFunction s_balanceOf = AbiFunction.Parse("balanceOf(address account) returns (uint256)");
    private static readonly AbiFunction s_allowance = AbiFunction.Parse("allowance(address owner, address spender) returns (uint256)");

    public ContractCall Transfer(Address to, Money amount) => Call(s_transfer, to, amount.ToAbi());

    /// <summary>Replaces what the spender might take before.</summary>
    public ContractCall Approve(Address spender, Money amount) => Call(s_approve, spender, amount.ToAbi());

    public ContractRead<Money> BalanceOf(Address account) => Read(s_balanceOf, value => value.ToMoney(), account);

    public ContractRead<Money> Allowance(Address owner, Address spender) => Read(s_allowance, value => value.ToMoney(), owner, spender);
}
