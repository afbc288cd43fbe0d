using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;
using Grid.Protocol;

namespace Grid.Chain.Ethereum.Contracts;

public enum OperatorState : byte
{
    None,
    Joined,
    Leaving,
}

/// <param name="Weight">Its vote; above 0 only while it is active.</param>
/// <param name="Locked">The part of the bond behind credit that can still be disputed.</param>
/// <param name="ActiveFromUnixSeconds">When it may be activated; 0 where nothing waits.</param>
/// <param name="LeaveAtUnixSeconds">When the bond may leave; 0 unless it leaves.</param>
public sealed record BondedOperator(
    Money Bond, Money Weight, Money Locked, long ActiveFromUnixSeconds, long LeaveAtUnixSeconds, OperatorState State)
{
    public bool IsActive => Weight > Money.Zero;
}

/// <summary>Operators, bonds and weights: <c>docs/protocol/eras.md</c>.</summary>
public sealed class OperatorRegistryContract(Address address) : PayingContract(address)
{
    private static readonly AbiFunction s_join = AbiFunction.Parse("join(uint256 amount)");
    private static readonly AbiFunction s_activate = AbiFunction.Parse("activate(address operator)");
    private static readonly AbiFunction s_requestLeave = AbiFunction.Parse("requestLeave()");
    private static readonly AbiFunction s_withdraw = AbiFunction.Parse("withdraw()");
    private static readonly AbiFunction s_isActive = AbiFunction.Parse("isActive(address operator) returns (bool)");
    private static readonly AbiFunction s_operatorOf = AbiFunction.Parse(
        "operatorOf(address operator) returns ((uint128 bond, uint128 weight, uint128 locked, uint48 activeFrom, uint48 leaveAt, "
        + "uint8 state))");
    private static readonly AbiFunction s_totalWeight = AbiFunction.Parse("totalWeight() returns (uint256)");

    /// <summary>Joins, or adds to the caller's bond. The registry must be allowed to take the amount.</summary>
    public ContractCall Join(Money amount) => Call(s_join, amount.ToAbi());

    /// <summary>Anyone may call it once the delay is over.</summary>
    public ContractCall Activate(Address @operator) => Call(s_activate, @operator);

    public ContractCall RequestLeave() => Call(s_requestLeave);

    public ContractCall Withdraw() => Call(s_withdraw);

    public ContractRead<bool> IsActive(Address @operator) => Read(s_isActive, value => value.ToBool(), @operator);

    public ContractRead<BondedOperator> OperatorOf(Address @operator) => Read(s_operatorOf, ToOperator, @operator);

    public ContractRead<Money> TotalWeight() => Read(s_totalWeight, value => value.ToMoney());

    private static BondedOperator ToOperator(AbiValue value) => new(
        value[0].ToMoney(),
        value[1].ToMoney(),
        value[2].ToMoney(),
        value[3].ToSeconds(),
        value[4].ToSeconds(),
        (OperatorState)value[5].ToCount());
}
