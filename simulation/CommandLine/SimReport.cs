using System.Text.Json.Serialization;

namespace Grid.Simulation;

/// <summary>What <c>grid sim</c> prints.</summary>
/// <param name="Days">Of virtual time under faults; settling comes on top.</param>
/// <param name="EventsPerSecond">Of real time.</param>
/// <param name="JournalHash">Equal for equal runs.</param>
public sealed record SimReport(
    ulong Seed,
    int Providers,
    double Days,
    long Events,
    long EventsPerSecond,
    long InvariantsChecked,
    int Violations,
    string JournalHash,
    long LeasesSettled,
    IReadOnlyList<string> Broken);

/// <summary>What <c>grid sim --scenario</c> prints.</summary>
/// <param name="Scenario">The row of the fault table.</param>
/// <param name="Invariants">What must hold.</param>
public sealed record ScenarioReport(
    int Scenario,
    string Name,
    IReadOnlyList<string> Invariants,
    ulong Seed,
    int Providers,
    double Days,
    long Events,
    long EventsPerSecond,
    long InvariantsChecked,
    int Violations,
    string JournalHash,
    IReadOnlyList<string> Broken);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SimReport))]
[JsonSerializable(typeof(ScenarioReport))]
internal sealed partial class SimJson : JsonSerializerContext;
