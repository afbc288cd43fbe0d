using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Chain.Ethereum.Contracts;

/// <param name="Owner">Zero: not registered.</param>
/// <param name="ReadyAtUnixSeconds">When what is unbonding may leave.</param>
/// <param name="Unbonding">On its way out, still slashable.</param>
/// <param name="Held">What open cases may still take.</param>
/// <param name="Slashed">All that was ever taken.</param>
public sealed record StakedProvider(
    Address Owner, long RegisteredAtUnixSeconds, long ReadyAtUnixSeconds, Money Active, Money Unbonding, Money Held, Money Slashed)
{
    public bool IsRegistered => !Owner.IsZero;
}

/// <summary>Providers, owners and stake: <c>docs/protocol/slashing.md</c>.</summary>
public sealed class ProviderRegistryContract(Address address) : PayingContract(address)
{
    private static readonly AbiFunction s_register = AbiFunction.Parse("register(address owner, uint64 expiry, bytes consent)");
    private static readonly AbiFunction s_stake = AbiFunction.Parse("stake(address provider, uint256 amount)");
    private static readonly AbiFunction s_requestUnstake = AbiFunction.Parse("requestUnstake(address provider, uint256 amount)");
    private static readonly AbiFunction s_withdraw = AbiFunction.Parse("withdraw(address provider)");
    private static readonly AbiFunction s_providerOf = AbiFunction.Parse(
        "providerOf(address provider) returns ((address owner, uint64 registeredAt, uint64 readyAt, uint128 active, "
        + "uint128 unbonding, uint128 held, uint128 slashed))");

    /// <summary>The caller, a provider, becomes its own owner.</summary>
    public ContractCall RegisterSelf(ProviderId caller) => Call(s_register, caller.Value, 0, Array.Empty<byte>());

    /// <summary>The caller, a provider, gets the owner who consented.</summary>
    public ContractCall Register(Signed<OwnerConsent> consent) =>
        Call(s_register, consent.Value.Owner, consent.Value.ExpiryUnixSeconds, consent.Signature.ToAbi());

    /// <summary>Anyone may add. The registry must be allowed to take the amount.</summary>
    public ContractCall Stake(ProviderId provider, Money amount) => Call(s_stake, provider.Value, amount.ToAbi());

    public ContractCall RequestUnstake(ProviderId provider, Money amount) => Call(s_requestUnstake, provider.Value, amount.ToAbi());

    public ContractCall Withdraw(ProviderId provider) => Call(s_withdraw, provider.Value);

    public ContractRead<StakedProvider> ProviderOf(ProviderId provider) => Read(s_providerOf, ToProvider, provider.Value);

    private static StakedProvider ToProvider(AbiValue value) => new(
        value[0].ToAddress(),
        value[1].ToSeconds(),
        value[2].ToSeconds(),
        value[3].ToMoney(),
        value[4].ToMoney(),
        value[5].ToMoney(),
        value[6].ToMoney());
}
