using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;
using Grid.Protocol;
using Grid.Protocol.Eras;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>Cumulative rewards within what is released and what is there: <c>docs/protocol/rewards.md</c>.</summary>
public sealed class RewardsDistributorContract(Address address) : GridContract(address)
{
    private static readonly AbiFunction s_claim = AbiFunction.Parse($"claim(uint64 era, {AbiStructs.EraLeafProof} proof)");
    private static readonly AbiFunction s_release = AbiFunction.Parse("release()");
    private static readonly AbiFunction s_topUp = AbiFunction.Parse("topUp()");
    private static readonly AbiFunction s_claimed = AbiFunction.Parse("claimed(address provider) returns (uint256)");
    private static readonly AbiFunction s_released = AbiFunction.Parse("released() returns (uint256)");
    private static readonly AbiFunction s_claimedTotal = AbiFunction.Parse("claimedTotal() returns (uint256)");

    public ContractCall Claim(ulong era, EraLeafProof proof) => Call(s_claim, era, proof.ToAbi());

    public ContractCall Release() => Call(s_release);

    public ContractCall TopUp() => Call(s_topUp);

    /// <summary>Cumulative.</summary>
    public ContractRead<Money> ClaimedBy(ProviderId provider) => Read(s_claimed, value => value.ToMoney(), provider.Value);

    public ContractRead<Money> Released() => Read(s_released, value => value.ToMoney());

    public ContractRead<Money> ClaimedTotal() => Read(s_claimedTotal, value => value.ToMoney());
}
