using Grid.Chain.Ethereum.Abi;

namespace Grid.Chain.Ethereum.Contracts.Deploying;

/// <summary>The contracts' constructors, as functions that take the same arguments.</summary>
internal static class Constructors
{
    private static readonly Dictionary<string, string> s_declarations = new(StringComparer.Ordinal)
    {
        ["GridToken"] = "new(address holder, uint256 supply)",
        ["GridParameters"] =
            "new(address governor, uint256 delay, uint256 grace, (bytes32 key, uint256 value, uint256 min, "
            + "uint256 max)[] parameters, (bytes32 role, address account)[] grants)",
        ["ProviderRegistry"] = "new(address token, address escrow, address parameters, uint256 unbondingDelay)",
        ["OperatorRegistry"] = "new(address token, address parameters, uint256 minBond, uint256 activationDelay, uint256 unbondingDelay)",
        ["Escrow"] =
            "new((address token, address operators, address parameters, address rewards, address leaseClaims, "
            + "address refutations, uint48 disputeWindow, "
            + "uint48 silence, uint48 exitDelay, uint64 challengeFee, uint64 voidPenalty) settings)",
        ["LeaseClaims"] = "new(address escrow)",
        ["Refutations"] = "new(address escrow)",
        ["AttestationLedger"] =
            "new(address escrow, address operators, uint256 genesis, uint256 eraSeconds, uint256 commitWindow, "
            + "uint256 reportWindow, uint256 equivocationPpm)",
        ["SlashingCourt"] =
            "new(address token, address escrow, address operators, address providers, address parameters, uint256 reportWindow, "
            + "uint256 appealWindow)",
        ["RewardsDistributor"] = "new(address token, address ledger, address parameters, address treasury, uint256 finalityDelay)",
    };

    internal static IReadOnlyDictionary<string, string> Declarations => s_declarations;

    /// <returns>Creation code with the arguments behind it.</returns>
    public static byte[] Code(string contract, IReadOnlyList<AbiValue> arguments)
    {
        var calldata = AbiFunction.Parse(s_declarations[contract]).Encode(arguments);
        return [.. ContractArtifact.Load(contract).CreationCode.Span, .. calldata.AsSpan(AbiFunction.SelectorBytes)];
    }
}
