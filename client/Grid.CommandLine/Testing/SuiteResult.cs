using System.Text.Json.Serialization;

namespace Grid.CommandLine.Testing;

/// <summary>A test that failed, or what broke around the tests.</summary>
internal sealed record TestFailure(string Test, string Message, string Stack);

/// <summary>What a suite came to.</summary>
/// <param name="Notes">What its tests measured for people to read.</param>
internal sealed record SuiteResult(
    string Name, int Passed, int Failed, int Skipped, double Seconds, IReadOnlyList<TestFailure> Failures, IReadOnlyList<string> Notes);

/// <summary>What <c>grid test --json</c> prints.</summary>
internal sealed record TestRunResult(bool Ok, int Passed, int Failed, int Skipped, double Seconds, IReadOnlyList<SuiteResult> Suites)
{
    public static TestRunResult Of(IReadOnlyList<SuiteResult> suites)
    {
        var failed = suites.Sum(suite => suite.Failed);
        var passed = suites.Sum(suite => suite.Passed);
        return new TestRunResult(failed == 0 && passed > 0, passed, failed, suites.Sum(suite => suite.Skipped), Math.Round(suites.Sum(suite => suite.Seconds), 1), suites);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(TestRunResult))]
internal sealed partial class TestJson : JsonSerializerContext;
