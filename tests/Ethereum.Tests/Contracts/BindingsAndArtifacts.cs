using System.Collections;
using System.Reflection;
using System.Text.Json;
using Grid.Chain.Ethereum.Abi;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Events;

namespace Grid.Tests.Ethereum.Contracts;

/// <summary>Every declaration that the bindings were written with, against what the compiler said.</summary>
public sealed class BindingsAndArtifacts
{
    private const BindingFlags Anything = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Assembly s_assembly = typeof(GridContract).Assembly;

    public static TheoryData<string> Bindings => [.. ContractArtifact.Names.Where(name => name != "GridToken"), "Token"];

    [Theory]
    [MemberData(nameof(Bindings))]
    public void Every_function_of_a_binding_is_the_contracts(string name)
    {
        var artifact = ContractArtifact.Load(name == "Token" ? "GridToken" : name);
        var declared = FunctionsOf(s_assembly.GetType($"Grid.Chain.Ethereum.Contracts.{name}Contract", throwOnError: true)!);

        Assert.NotEmpty(declared);
        Assert.All(declared, function => Assert.Contains(function, artifact.Functions));
    }

    [Theory]
    [InlineData(typeof(EscrowEvent), "Escrow")]
    [InlineData(typeof(LeaseClaimEvent), "LeaseClaims")]
    [InlineData(typeof(OperatorEvent), "OperatorRegistry")]
    [InlineData(typeof(ProviderEvent), "ProviderRegistry")]
    [InlineData(typeof(EraEvent), "AttestationLedger")]
    [InlineData(typeof(CourtEvent), "SlashingCourt")]
    [InlineData(typeof(RewardEvent), "RewardsDistributor")]
    [InlineData(typeof(PayoutEvent), "Escrow", "OperatorRegistry", "ProviderRegistry", "SlashingCourt")]
    public void Every_event_of_a_contract_is_read_just_as_it_is_told(Type events, params string[] contracts)
    {
        var declared = EventsOf(events);
        var owed = EventsOf(typeof(PayoutEvent));

        Assert.All(contracts, name => Assert.Superset(declared, ContractArtifact.Load(name).Events.ToHashSet(StringComparer.Ordinal)));
        if (events == typeof(PayoutEvent)) return;
        Assert.Equal(declared, ContractArtifact.Load(contracts[0]).Events.ToHashSet(StringComparer.Ordinal).Except(owed).ToHashSet());
    }

    [Fact]
    public void Changes_of_parameters_are_read_as_they_are_told() =>
        Assert.Superset(EventsOf(typeof(ParameterEvent)), ContractArtifact.Load("GridParameters").Events.ToHashSet(StringComparer.Ordinal));

    [Fact]
    public void Every_constructor_takes_what_the_deployer_gives()
    {
        var constructors = s_assembly.GetType("Grid.Chain.Ethereum.Contracts.Deploying.Constructors", throwOnError: true)!;
        var declarations = (IReadOnlyDictionary<string, string>)constructors.GetProperty("Declarations", Anything)!.GetValue(null)!;

        Assert.Equal(ContractArtifact.Names.Order(StringComparer.Ordinal), declarations.Keys.Order(StringComparer.Ordinal));
        Assert.All(declarations, entry => Assert.Equal(ConstructorOf(entry.Key), AbiFunction.Parse(entry.Value).Signature["new".Length..]));
    }

    [Fact]
    public void Every_custom_error_has_a_name()
    {
        var errors = ContractArtifact.Names
            .SelectMany(name => ContractArtifact.Load(name).Errors).Distinct(StringComparer.Ordinal).ToArray();

        Assert.True(errors.Length > 50, $"only {errors.Length} errors");
        Assert.All(errors.Where(error => error.EndsWith("()", StringComparison.Ordinal)), error =>
        {
            Assert.True(ContractErrors.TryRead(AbiError.Parse(error).Selector, out var read));
            Assert.Equal(error, read.ToString());
        });
    }

    private static List<string> FunctionsOf(Type binding)
    {
        var functions = new List<string>();
        for (var type = binding; type != typeof(object); type = type.BaseType!)
        {
            var held = type.GetFields(Anything).Select(field => field.GetValue(null)).OfType<AbiFunction>();
            functions.AddRange(held.Select(function => function.Declaration));
        }

        return functions;
    }

    private static HashSet<string> EventsOf(Type events)
    {
        var kinds = (IEnumerable)events.GetProperty("Kinds", Anything)!.GetValue(null)!;
        return [.. kinds.Cast<object>().Select(kind => ((AbiEvent)kind.GetType().GetProperty("Abi")!.GetValue(kind)!).Declaration)];
    }

    private static string ConstructorOf(string contract)
    {
        using var resource = s_assembly.GetManifestResourceStream(contract + ".json")!;
        using var json = JsonDocument.Parse(resource);
        var entries = json.RootElement.GetProperty("abi").EnumerateArray();
        var constructor = entries.Single(entry => entry.GetProperty("type").GetString() == "constructor");
        return $"({string.Join(',', constructor.GetProperty("inputs").EnumerateArray().Select(TypeOf))})";
    }

    private static string TypeOf(JsonElement parameter)
    {
        var type = parameter.GetProperty("type").GetString()!;
        return parameter.TryGetProperty("components", out var fields)
            ? $"({string.Join(',', fields.EnumerateArray().Select(TypeOf))}){type["tuple".Length..]}"
            : type;
    }
}
