using System.Text.Json;
using System.Text.Json.Nodes;
using Grid.CommandLine.LocalGrids;
using Grid.Tests.EndToEnd.World;

namespace Grid.Tests.EndToEnd.Programs;

/// <summary>A grid of two operators, one of which is killed: commands turn to the other.</summary>
public sealed class OperatorsOfOneGrid : IDisposable
{
    private readonly TemporaryFolder _home = new();

    [Fact]
    public async Task A_tenant_goes_on_with_the_operator_that_is_left_and_is_told_which_one_is_away()
    {
        var options = new LocalGridOptions { Providers = 1, Operators = 2 };
        await using var grid = await LocalGrid.StartAsync(options, static (_, _) => { }, TestContext.Current.CancellationToken);
        Configure(grid);
        var first = await DeployAsync();
        await grid.Operators[0].Silo.KillAsync();
        var second = await DeployAsync();

        var listed = await AskAsync("ls");
        Assert.Equal([second], Deployments(listed));
        Assert.Equal([true, false], listed["operators"]!.AsArray().Select(static one => (bool)one!["isAway"]!));

        var balance = await AskAsync("wallet", "balance");
        Assert.Equal(1000_000_000, (long)balance["deposited"]!);
        Assert.Equal([true, false], balance["operators"]!.AsArray().Select(static one => (bool)one!["isAway"]!));
        Assert.Single((await AskAsync("providers"))["providers"]!.AsArray());

        await grid.StartSiloAsync(TestContext.Current.CancellationToken);
        Assert.Equal([first, second], Deployments(await AskAsync("ls")));
        Assert.Equal(2000_000_000, (long)(await AskAsync("wallet", "balance"))["deposited"]!);
        Assert.Single((await AskAsync("providers"))["providers"]!.AsArray());
        Assert.Equal("closed", (string?)(await AskAsync("close", first[..12]))["phase"]);
        Assert.Equal("closed", (string?)(await AskAsync("close", second))["phase"]);
    }

    public void Dispose() => _home.Dispose();

    private static IEnumerable<string> Deployments(JsonNode listed) => listed["deployments"]!.AsArray().Select(static one => (string)one!["deployment"]!);

    private void Configure(LocalGrid grid) => _home.Write("config.json", JsonSerializer.Serialize(new
    {
        operators = grid.Operators.Select(static known => $"{known.Url.GetLeftPart(UriPartial.Authority)}@{known.Address}"),
        wallet = Path.Combine(grid.DataFolder, "tenant.json"),
        passphraseFile = Path.Combine(grid.DataFolder, "passphrase"),
    }));

    private async Task<string> DeployAsync()
    {
        using var folder = new TemporaryFolder();
        var deployed = await AskAsync("deploy", Workloads.Count(folder, "service").Path);
        Assert.Equal("active", (string?)deployed["phase"]);
        return (string)deployed["deployment"]!;
    }

    private async Task<JsonNode> AskAsync(params string[] words)
    {
        var (exitCode, output, error) = await GridProcess.RunAsync(_home.Path, [.. words, "--json"]);
        Assert.True(exitCode == 0, error);
        return JsonNode.Parse(output)!;
    }
}
