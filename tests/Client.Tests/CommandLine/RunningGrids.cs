using System.Diagnostics;
using System.Text.Json;

namespace Grid.Tests.Client.CommandLine;

/// <summary>How commands find a running <c>grid up</c>; this process plays its part.</summary>
[Collection(CommandTurns.Name)]
public sealed class RunningGrids : IDisposable
{
    private const string LocalUrl = "http://127.0.0.1:5/";

    private readonly Cli _cli = new();

    [Fact]
    public async Task Its_wallet_is_used_while_it_runs()
    {
        Note(StartedAt());

        Assert.Equal(1, await _cli.RunAsync("wallet", "show"));
        Assert.Contains("local-tenant.json", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_wallet_is_not_lent_to_another_operator()
    {
        Note(StartedAt());

        Assert.Equal(1, await _cli.RunAsync("wallet", "show", "--url", "https://grid.example"));
        Assert.DoesNotContain("local-tenant.json", _cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5", true)]
    [InlineData("http://127.0.0.1:5@0x52908400098527886E0F7030069857D2E4169EE7", true)]
    [InlineData("http://127.0.0.1:5,https://grid.example", false)]
    public async Task Its_wallet_is_lent_where_all_operators_are_its_own(string operators, bool isLent)
    {
        Note(StartedAt());
        Environment.SetEnvironmentVariable("GRID_OPERATORS", operators);
        try
        {
            Assert.Equal(1, await _cli.RunAsync("wallet", "show"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("GRID_OPERATORS", null);
        }

        Assert.Equal(isLent, _cli.Error.Contains("local-tenant.json", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://grid.example")]
    [InlineData("https://grid.example@0x12")]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7", "--operator", "https://grid.example")]
    [InlineData("https://grid.example", "--url", "https://grid.example")]
    public async Task What_names_no_operator_is_refused_with_what_does(params string[] words)
    {
        Assert.Equal(1, await _cli.RunAsync(["providers", "--json", "--operator", .. words]));

        Assert.Contains("expected", _cli.Error, StringComparison.Ordinal);
        Assert.Equal("invalidInput", (string?)_cli.Json["error"]!["kind"]);
    }

    [Fact]
    public async Task The_note_of_one_that_died_is_not_believed()
    {
        // The process id was given to another process since.
        Note(StartedAt() - 60_000);

        Assert.Equal(1, await _cli.RunAsync("wallet", "show"));
        Assert.DoesNotContain("local-tenant.json", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_one_is_refused_in_the_same_home()
    {
        Note(StartedAt());

        Assert.Equal(1, await _cli.RunAsync("up"));
        Assert.Contains("runs already", _cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--operators", "4")]
    [InlineData("--providers", "2")]
    [InlineData("--pretend-gpu", "rtx4090")]
    public async Task A_grid_that_is_kept_is_not_taken_for_another_one(string option, string value)
    {
        foreach (var folder in (string[])["home", "kept"]) Directory.CreateDirectory(_cli.Folder.File(folder));
        _cli.Folder.Write("kept/grid.json", """{"providers":5,"operators":3,"pretendedGpu":null}""");
        _cli.Folder.Write("home/local-grid", _cli.Folder.File("kept"));

        Assert.Equal(1, await _cli.RunAsync("up", option, value));

        Assert.Contains("3 operators and 5 nodes", _cli.Error, StringComparison.Ordinal);
        Assert.Contains("--fresh", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_settings_file_that_cannot_be_read_is_named()
    {
        Directory.CreateDirectory(_cli.Folder.File("home"));
        _cli.Folder.Write("home/config.json", "{");

        Assert.Equal(1, await _cli.RunAsync("wallet", "show"));
        Assert.Contains("config.json", _cli.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _cli.Dispose();

    private static long StartedAt()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds();
    }

    private void Note(long startedAtUnixMs)
    {
        Directory.CreateDirectory(_cli.Folder.File("home"));
        var settings = new { url = LocalUrl, wallet = _cli.Folder.File("local-tenant.json") };
        _cli.Folder.Write("home/up.json", JsonSerializer.Serialize(new { processId = Environment.ProcessId, startedAtUnixMs, dataFolder = _cli.Folder.Path, settings }));
    }
}
