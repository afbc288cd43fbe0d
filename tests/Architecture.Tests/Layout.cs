namespace Grid.Tests.Architecture;

public sealed class Layout
{
    private const int MostReadmeLines = 60;

    private static readonly string[] NamesOfTechnicalKinds = ["Services", "Helpers", "Utils", "Utilities", "Managers", "Common", "Misc"];

    private static readonly string[] NamesThatSayNothing = ["Manager", "Managers", "Helper", "Helpers", "Util", "Utils", "Processor"];

    public static TheoryData<string> Parts => ["contracts", "grains", "runtime", "chain", "silo", "node", "client", "simulation", "bench", "samples"];

    [Theory]
    [MemberData(nameof(Parts))]
    public void Each_part_says_on_one_screen_what_it_is(string part)
    {
        var readme = $"{part}/README.md";

        Assert.True(Repository.Exists(readme), $"{readme} is missing");
        Assert.InRange(Repository.Read(readme).TrimEnd().Split('\n').Length, 3, MostReadmeLines);
    }

    [Fact]
    public void Folders_are_named_after_the_domain() =>
        Assert.DoesNotContain(Repository.Folders, folder => folder.Split('/').Any(name => NamesOfTechnicalKinds.Contains(name, StringComparer.Ordinal)));

    [Fact]
    public void No_file_is_named_after_nothing() => Assert.DoesNotContain(
        Repository.FilesWith(".cs").Select(file => Path.GetFileName(file).Split('.')[0]),
        name => NamesThatSayNothing.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)));
}
