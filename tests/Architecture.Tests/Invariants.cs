using System.Text.RegularExpressions;

namespace Grid.Tests.Architecture;

/// <summary>The code, the simulator's checkers, the contracts and INVARIANTS.md share one list of ids.</summary>
public sealed partial class Invariants
{
    private const string List = "INVARIANTS.md";

    [Fact]
    public void Every_id_in_the_code_stands_in_the_list_and_the_other_way_round()
    {
        var listed = IdsIn(Repository.Read(List));
        var used = Repository.FilesWith(".cs", ".sol").Where(file => !file.StartsWith("tests/", StringComparison.Ordinal)).SelectMany(file => IdsIn(Repository.Read(file))).ToHashSet();

        Assert.Equal(listed.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_id_has_one_row_with_its_statement_and_where_it_is_checked()
    {
        var rows = Repository.Read(List).Split('\n').Where(line => Id().IsMatch(line)).ToArray();

        Assert.All(rows, row => Assert.Equal(3, row.Trim().Trim('|').Split('|').Count(cell => !string.IsNullOrWhiteSpace(cell))));
        Assert.Equal(rows.Length, rows.Select(row => Id().Match(row).Value).Distinct().Count());
    }

    private static HashSet<string> IdsIn(string text) => [.. Id().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\bINV-[A-Z]+-\d+\b")]
    private static partial Regex Id();
}
