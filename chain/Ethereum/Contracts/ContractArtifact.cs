using System.Collections.Immutable;
using System.Text.Json;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>What the compiler made of a contract, embedded: nothing here needs a Solidity compiler.</summary>
/// <param name="CreationCode">Constructor arguments follow it.</param>
/// <param name="Errors">Declarations such as <c>Overdrawn(uint256,uint256)</c>.</param>
public sealed record ContractArtifact(
    string Name, ReadOnlyMemory<byte> CreationCode, ImmutableArray<string> Functions, ImmutableArray<string> Events, ImmutableArray<string> Errors)
{
    public static ImmutableArray<string> Names { get; } =
    [
        "GridToken", "GridParameters", "ProviderRegistry", "OperatorRegistry", "Escrow", "LeaseClaims", "Refutations",
        "AttestationLedger", "SlashingCourt", "RewardsDistributor",
    ];

    public static ContractArtifact Load(string name)
    {
        using var resource = typeof(ContractArtifact).Assembly.GetManifestResourceStream(name + ".json")
            ?? throw new ArgumentException($"There is no contract '{name}'; expected one of {string.Join(", ", Names)}.", nameof(name));
        using var json = JsonDocument.Parse(resource);
        var entries = json.RootElement.GetProperty("abi").EnumerateArray();
        var abi = entries.ToLookup(entry => entry.GetProperty("type").GetString()!, Declaration);
        var code = json.RootElement.GetProperty("bytecode").GetString()!.AsSpan("0x".Length);
        return new ContractArtifact(name, Convert.FromHexString(code), [.. abi["function"]], [.. abi["event"]], [.. abi["error"]]);
    }

    // name(types) for errors, with "indexed" for events and " returns (types)" for functions that return.
    private static string Declaration(JsonElement entry)
    {
        var hasResults = entry.TryGetProperty("outputs", out var outputs) && outputs.GetArrayLength() > 0;
        var results = hasResults ? $" returns ({Types(outputs)})" : "";
        return entry.TryGetProperty("name", out var name) ? $"{name.GetString()}({Types(entry.GetProperty("inputs"))}){results}" : "";
    }

    private static string Types(JsonElement parameters) => string.Join(',', parameters.EnumerateArray().Select(Type));

    private static string Type(JsonElement parameter)
    {
        var type = parameter.GetProperty("type").GetString()!;
        if (parameter.TryGetProperty("components", out var components)) type = $"({Types(components)}){type["tuple".Length..]}";
        return parameter.TryGetProperty("indexed", out var indexed) && indexed.GetBoolean() ? type + " indexed" : type;
    }
}
