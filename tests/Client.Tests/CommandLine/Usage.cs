namespace Grid.Tests.Client.CommandLine;

[Collection(CommandTurns.Name)]
public sealed class Usage : IDisposable
{
    private static readonly string[] Commands =
    [
        "up", "demo", "silo", "node", "deploy", "ls", "status", "logs", "fetch", "close", "explain", "screen", "providers", "provider",
            "prices", "audit", "era", "slash", "wallet", "manifest", "bench",
        "sim", "test",
    ];

    private readonly Cli _cli = new();

    [Fact]
    public async Task The_help_names_every_command()
    {
        Assert.Equal(0, await _cli.RunAsync("--help"));

        foreach (var command in Commands) Assert.Contains($"  {command}", _cli.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frob")]
    [InlineData("deploy")]
    [InlineData("wallet")]
    [InlineData("ls", "--frob")]
    [InlineData("up", "--providers", "0")]
    [InlineData("up", "--operators", "0")]
    [InlineData("demo", "--operators", "10")]
    [InlineData("deploy", "x.yaml", "--max", "1.2345678")]
    [InlineData("slash", "show", "0x12")]
    [InlineData("provider", "stake", "-1")]
    [InlineData("wallet", "fund", "0x1234", "5")]
    public async Task Bad_usage_exits_with_2(params string[] args) => Assert.Equal(2, await _cli.RunAsync(args));

    [Theory]
    [InlineData("deploy")]
    [InlineData("status")]
    [InlineData("logs")]
    [InlineData("fetch")]
    [InlineData("close")]
    [InlineData("explain")]
    [InlineData("screen")]
    [InlineData("ls")]
    [InlineData("providers")]
    [InlineData("prices")]
    [InlineData("up")]
    [InlineData("demo")]
    public async Task The_help_of_a_command_has_an_example_and_json(string command)
    {
        Assert.Equal(0, await _cli.RunAsync(command, "--help"));

        Assert.Contains($"grid {command}", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("Example", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("--json", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_operator_a_command_says_where_to_name_one()
    {
        Assert.Equal(1, await _cli.RunAsync("providers", "--json"));

        Assert.Contains("grid up", _cli.Error, StringComparison.Ordinal);
        Assert.False((bool)_cli.Json["ok"]!);
        Assert.Equal("invalidInput", (string?)_cli.Json["error"]!["kind"]);
    }

    [Fact]
    public async Task Plain_http_is_refused_beyond_this_machine()
    {
        Assert.Equal(1, await _cli.RunAsync("providers", "--url", "http://grid.example"));

        Assert.Contains("https", _cli.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _cli.Dispose();
}
