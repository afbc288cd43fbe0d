using System.Text.RegularExpressions;

namespace Grid.Tests.Architecture;

/// <summary>What must stand in no file.</summary>
public sealed partial class SourceText
{
    private static readonly string[] Written =
        [".cs", ".csproj", ".props", ".targets", ".editorconfig", ".md", ".yaml", ".yml", ".json", ".txt", ".sh", ".pl", ".py", ".sol", ".toml", ".razor", ".css", ".html", ".js", ""];

    private static readonly string[] MayAskForOrleans = ["silo/Hosting/", "silo/Telemetry/", "tests/", "Directory.Build."];

    [Fact]
    public void Only_hosting_telemetry_and_fixtures_ask_which_host_they_are_built_for() =>
        AssertNowhere(OrleansSymbol(), Repository.FilesWith(".cs", ".props", ".targets").Where(file => !MayAskForOrleans.Any(place => file.StartsWith(place, StringComparison.Ordinal))));

    [Fact]
    public void No_warning_and_no_banned_symbol_is_switched_off()
    {
        AssertNowhere(Pragma(), Repository.FilesWith(".cs"));
        AssertNowhere(BannedSymbolRule(), Repository.Files.Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".props" or ".targets" || Path.GetFileName(file) == ".editorconfig"));
        Assert.DoesNotContain(Repository.Files, file => Path.GetFileName(file).StartsWith("GlobalSuppressions", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Grain_code_is_held_to_the_symbols_that_are_banned_there()
    {
        string[] grainCode = ["contracts/Grains/Grid.Grains.Abstractions.csproj", "grains/Grid.Grains.csproj"];

        Assert.All(grainCode, project => Assert.Contains("<GrainCode>true</GrainCode>", Repository.Read(project), StringComparison.Ordinal));
    }

    [Fact]
    public void No_file_names_a_path_of_somebodys_machine() => AssertNowhere(MachinePath(), Repository.FilesWith(Written));

    [Fact]
    public void Nothing_is_read_from_beside_the_repository() => AssertNowhere(BesideTheRepository(), Repository.FilesWith(Written));

    [Fact]
    public void No_test_asserts_nothing() => AssertNowhere(EmptyAssertion(), Repository.FilesWith(".cs"));

    private static void AssertNowhere(Regex pattern, IEnumerable<string> files)
    {
        var found = files.SelectMany(file => pattern.Matches(Repository.Read(file)).Select(match => $"{file}: {match.Value}"));
        Assert.Empty(found);
    }

    [GeneratedRegex(@"#\s*(if|elif)\b[^\n]*\bORLEANS\b")]
    private static partial Regex OrleansSymbol();

    [GeneratedRegex(@"#\s*pragma\s+warning\s+disable")]
    private static partial Regex Pragma();

    [GeneratedRegex(@"RS003[01]")]
    private static partial Regex BannedSymbolRule();

    // Mounts inside workloads are not paths of a machine.
    [GeneratedRegex(@"(?<![\w.])/(root/(?!\.(node|cache))|home/\w+/|Users/\w+/|work/(main|wt|team|shared)\b)")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\.\./shared|shared/(data|design|style|faults|manifest-format|platform-facts)\b")]
    private static partial Regex BesideTheRepository();

    [GeneratedRegex(@"Assert\.True\(true\)|Assert\.False\(false\)")]
    private static partial Regex EmptyAssertion();
}
