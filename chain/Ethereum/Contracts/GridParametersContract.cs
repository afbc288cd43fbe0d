using System.Text;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;
using Grid.Protocol.Signing;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>Bounded numbers and roles behind a timelock: <c>docs/protocol/rewards.md</c>.</summary>
public sealed class GridParametersContract(Address address) : GridContract(address)
{
    private static readonly AbiFunction s_get = AbiFunction.Parse("get(bytes32 key) returns (uint256)");
    private static readonly AbiFunction s_hasRole = AbiFunction.Parse("hasRole(bytes32 role, address account) returns (bool)");
    private static readonly AbiFunction s_governor = AbiFunction.Parse("governor() returns (address)");
    private static readonly AbiFunction s_schedule = AbiFunction.Parse(
        "schedule((bytes32 key, address account, uint256 value) change) returns (bytes32)");
    private static readonly AbiFunction s_execute = AbiFunction.Parse("execute((bytes32 key, address account, uint256 value) change)");

    /// <summary>Reverts for a key that it does not have.</summary>
    public ContractRead<ulong> Get(Hash256 key) => Read(s_get, value => value.ToUInt64(), key);

    public ContractRead<bool> HasRole(Hash256 role, Address account) => Read(s_hasRole, value => value.ToBool(), role, account);

    public ContractRead<Address> Governor() => Read(s_governor, value => value.ToAddress());

    /// <summary>By the governor; anyone may execute it after the delay.</summary>
    public ContractCall ScheduleValue(Hash256 key, ulong value) => Call(s_schedule, AbiValue.List(key, Address.Zero, value));

    public ContractCall ExecuteValue(Hash256 key, ulong value) => Call(s_execute, AbiValue.List(key, Address.Zero, value));
}

/// <summary>Keys of <see cref="GridParametersContract"/>. Shares are millionths.</summary>
public static class ParameterKeys
{
    /// <summary>The part of collected fees that burns.</summary>
    public static Hash256 FeeBurnPpm { get; } = Of("feeBurnPpm");

    /// <summary>Micro-units that one era may pay out.</summary>
    public static Hash256 RewardPerEra { get; } = Of("rewardPerEra");

    public static Hash256 CompensationPpm { get; } = Of("compensationPpm");

    public static Hash256 ReporterPpm { get; } = Of("reporterPpm");

    /// <summary>The most that one case takes of a stake.</summary>
    public static Hash256 MaxSlashPpm { get; } = Of("maxSlashPpm");

    /// <summary>The share of the stake that one hour of a fault costs.</summary>
    public static Hash256 SlashPpmPerHour(FaultKind kind) => Of("slashPpmPerHour" + (char)kind);

    internal static Hash256 Of(string name)
    {
        Span<byte> word = stackalloc byte[Hash256.SizeBytes];
        word.Clear();
        Encoding.ASCII.GetBytes(name, word);
        return new Hash256(word);
    }
}

public static class ParameterRoles
{
    /// <summary>May hold and slash providers' stake.</summary>
    public static Hash256 Court { get; } = ParameterKeys.Of("court");

    public static Hash256 BondSlasher { get; } = ParameterKeys.Of("bondSlasher");

    public static Hash256 BondLocker { get; } = ParameterKeys.Of("bondLocker");

    /// <summary>Rules on cases that no contract can decide.</summary>
    public static Hash256 Arbiter { get; } = ParameterKeys.Of("arbiter");
}
