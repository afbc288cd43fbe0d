using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;
using Grid.Protocol.Signing;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>The signed types as structs of the contracts.</summary>
internal static class AbiSignedTypes
{
    public const string Authorization =
        "(address operator, address payer, address signer, bytes32 mandate, uint64 sequence, bytes32 deployment, bytes32 manifestHash, "
        + "uint64 maxRatePerHour, uint64 maxTotal, uint64 cumulativeMax, uint64 expiry, bytes32 beacon)";
    public const string Opening =
        "(bytes32 lease, bytes32 authorization, address provider, uint64 token, bytes32 bindingsHash, uint64 ratePerHour, "
        + "uint32 feePpm, uint64 expiry)";
    public const string PaidThrough = "(bytes32 lease, uint64 secondsPaid)";
    public const string Receipt = "(bytes32 lease, uint64 secondsUsed, uint64 charged, bytes32 contentHash, bytes32 previous)";
    public const string Close = "(bytes32 lease, uint64 secondsBilled, uint8 reason)";
    public const string Withdrawal = "(address operator, address payer, uint64 withdrawn, uint64 expiry)";
    public const string EraRoot = "(uint64 era, bytes32 root, uint32 leaves, uint64 rewards)";
    public const string Fault =
        "(uint8 kind, address provider, bytes32 lease, address tenant, uint64 from, uint64 to, uint64 paid, address reporter)";

    public static AbiValue ToAbi(this Signature signature) => signature.ToByteArray();

    public static AbiValue ToAbi(this Authorization value) => AbiValue.List(
        value.Operator,
        value.Payer,
        value.Signer,
        value.Mandate,
        value.Sequence,
        value.Deployment,
        value.ManifestHash,
        value.MaxRatePerHour.MicroUnits,
        value.MaxTotal.ToAbi(),
        value.CumulativeMax.ToAbi(),
        value.ExpiryUnixSeconds,
        value.Beacon);

    public static AbiValue ToAbi(this Opening value) => AbiValue.List(
        value.Lease.Value,
        value.Authorization,
        value.Provider.Value,
        (ulong)value.Token.Value,
        value.BindingsHash,
        value.RatePerHour.MicroUnits,
        (ulong)value.FeePpm,
        value.ExpiryUnixSeconds);

    public static AbiValue ToAbi(this PaidThrough value) => AbiValue.List(value.Lease.Value, value.Seconds);

    public static AbiValue ToAbi(this Receipt value) =>
        AbiValue.List(value.Lease.Value, value.Seconds, value.Charged.ToAbi(), value.ContentHash, value.Previous);

    public static AbiValue ToAbi(this Close value) => AbiValue.List(value.Lease.Value, value.Seconds, (int)value.Reason);

    public static AbiValue ToAbi(this Withdrawal value) =>
        AbiValue.List(value.Operator, value.Payer, value.Withdrawn.ToAbi(), value.ExpiryUnixSeconds);

    public static AbiValue ToAbi(this EraRoot value) => AbiValue.List(value.Era, value.Root, (ulong)value.Leaves, value.Rewards.ToAbi());

    public static AbiValue ToAbi(this Fault value) => AbiValue.List(
        (int)value.Kind,
        value.Provider.Value,
        value.Lease.Value,
        value.Tenant,
        value.FromUnixSeconds,
        value.ToUnixSeconds,
        value.Paid.ToAbi(),
        value.Reporter);

    public static AbiValue ToAbi(this IEnumerable<Signature> signatures) =>
        AbiValue.List([.. signatures.Select(signature => signature.ToAbi())]);
}
