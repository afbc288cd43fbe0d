using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary><c>chain.json</c>: a <see cref="ChainDeployment"/> as text that people can check and hand on. It holds no secret.</summary>
public static class ChainDeploymentFile
{
    /// <exception cref="InvalidDataException">It is no deployment; the message names file, field and what was expected.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static ChainDeployment Read(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length > Limits.MaxDeploymentFileBytes)
            throw new InvalidDataException($"'{path}' has {file.Length} bytes; a chain.json has at most {Limits.MaxDeploymentFileBytes}.");
        try
        {
            var stored = JsonSerializer.Deserialize(file, DeploymentJson.Default.StoredDeployment);
            if (stored is not { Version: StoredDeployment.CurrentVersion })
                throw new InvalidDataException(
                    $"'{path}': version is {stored?.Version}; expected {StoredDeployment.CurrentVersion}. Deploy again, "
                    + "or use the program that wrote it.");
            return Fault(stored.Grid) is { } fault ? throw new InvalidDataException($"'{path}': {fault}.") : stored.Grid;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' is no chain.json: {e.Message}", e);
        }
    }

    /// <summary>Whole or not at all.</summary>
    public static void Write(string path, ChainDeployment deployment)
    {
        if (Fault(deployment) is { } fault) throw new ArgumentException(fault, nameof(deployment));
        var beside = path + ".new";
        var stored = new StoredDeployment(StoredDeployment.CurrentVersion, deployment);
        File.WriteAllBytes(beside, JsonSerializer.SerializeToUtf8Bytes(stored, DeploymentJson.Default.StoredDeployment));
        File.Move(beside, path, overwrite: true);
    }

    private static string? Fault(ChainDeployment deployment)
    {
        if (deployment.ChainId is 0 or > long.MaxValue) return $"chainId is {deployment.ChainId}; expected 1 to {long.MaxValue}";
        if (deployment.EraSeconds < 1) return $"eraSeconds is {deployment.EraSeconds}; expected at least 1";
        if (deployment.GenesisUnixSeconds < 0) return $"genesisUnixSeconds is {deployment.GenesisUnixSeconds}; expected a unix time";
        if (deployment.MinBond.IsNegative || deployment.ChallengeFee.IsNegative || deployment.VoidPenalty.IsNegative)
            return "minBond, challengeFee and voidPenalty must not be negative";
        return FaultOf(deployment.Contracts) ?? deployment.Windows.Fault();
    }

    private static string? FaultOf(ChainContracts contracts)
    {
        (string Name, Address Address)[] all =
        [
            ("token", contracts.Token), ("gridParameters", contracts.GridParameters), ("providerRegistry", contracts.ProviderRegistry),
            ("operatorRegistry", contracts.OperatorRegistry), ("escrow", contracts.Escrow), ("leaseClaims", contracts.LeaseClaims),
            ("refutations", contracts.Refutations), ("attestationLedger", contracts.AttestationLedger),
            ("slashingCourt", contracts.SlashingCourt),
            ("rewardsDistributor", contracts.RewardsDistributor),
        ];
        if (all.FirstOrDefault(contract => contract.Address.IsZero).Name is { } missing)
            return $"contracts.{missing} is the zero address; expected where it was deployed";
        var twice = all.GroupBy(contract => contract.Address).FirstOrDefault(group => group.Count() > 1);
        if (twice is null) return null;
        var names = string.Join(" and contracts.", twice.Select(contract => contract.Name));
        return $"contracts.{names} are both {twice.Key}; each has an address of its own";
    }
}

/// <summary>The stored form; a change that older programs can't read raises the version.</summary>
internal sealed record StoredDeployment(int Version, ChainDeployment Grid)
{
    public const int CurrentVersion = 1;
}

[JsonSerializable(typeof(StoredDeployment))]
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    IgnoreReadOnlyProperties = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
internal sealed partial class DeploymentJson : JsonSerializerContext;
