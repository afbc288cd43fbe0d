using System.Text.Json.Nodes;
using Grid.Tests.EndToEnd.World;

namespace Grid.Tests.EndToEnd.Programs;

/// <summary><c>grid up</c> and the commands that find it.</summary>
public sealed class Up : IDisposable
{
    private readonly TemporaryFolder _home = new();

    [Fact]
    public async Task A_terminated_grid_leaves_no_process_and_no_file_behind()
    {
        using var up = GridProcess.Start(_home.Path, "up", "--providers", "2", "--ledger", "local");
        var state = await StateAsync();
        var data = (string)state["dataFolder"]!;
        var (exitCode, output, error) = await GridProcess.RunAsync(_home.Path, "deploy", Repository.Sample("web"), "--json");
        Assert.True(exitCode == 0, error);
        var deployment = (string)JsonNode.Parse(output)!["deployment"]!;
        Assert.Equal(0, (await GridProcess.RunAsync(_home.Path, "explain", deployment[..12], "--verify", "--json")).ExitCode);
        Assert.NotEmpty(ProcessesOf(data));

        up.Terminate();
        var ended = await up.WaitAsync();

        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.False(Directory.Exists(data));
        Assert.Empty(ProcessesOf(data));
        Assert.False(File.Exists(Path.Combine(_home.Path, "up.json")));
    }

    [Fact]
    public async Task The_programs_of_a_killed_grid_end_by_themselves()
    {
        using var up = GridProcess.Start(_home.Path, "up", "--providers", "2", "--ledger", "local");
        var data = (string)(await StateAsync())["dataFolder"]!;
        Assert.NotEmpty(ProcessesOf(data));

        System.Diagnostics.Process.GetProcessById(up.ProcessId).Kill();

        await Eventually.True(() => ProcessesOf(data).Length == 0, "every process of the grid has ended");
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_grid_with_a_chain_goes_on_with_its_contracts_and_its_money()
    {
        using var data = new TemporaryFolder();
        var chainFile = Path.Combine(data.Path, "chain.json");
        using (var first = GridProcess.Start(_home.Path, "up", "--operators", "1", "--providers", "1", "--data", data.Path)) await StopAsync(first, data.Path);
        var contracts = await File.ReadAllTextAsync(chainFile, TestContext.Current.CancellationToken);

        using var second = GridProcess.Start(_home.Path, "up", "--data", data.Path);
        await StateAsync();
        var (exitCode, _, error) = await GridProcess.RunAsync(_home.Path, "wallet", "deposit", "1", "--json");
        Assert.True(exitCode == 0, error);
        await Eventually.Gives(DepositedAsync, static deposited => deposited == 1001_000_000, "the deposit of now is beside the one of before");
        await StopAsync(second, data.Path);

        Assert.Equal(contracts, await File.ReadAllTextAsync(chainFile, TestContext.Current.CancellationToken));
    }

    public void Dispose() => _home.Dispose();

    /// <summary>Once it is up.</summary>
    private async Task StopAsync(GridProcess up, string data)
    {
        await StateAsync();
        up.Terminate();
        var (exitCode, _, error) = await up.WaitAsync();
        Assert.True(exitCode == 0, error);
        Assert.Empty(ProcessesOf(data));
    }

    private async Task<long> DepositedAsync()
    {
        var (exitCode, output, error) = await GridProcess.RunAsync(_home.Path, "wallet", "balance", "--json");
        Assert.True(exitCode == 0, error);
        return (long)JsonNode.Parse(output)!["deposited"]!;
    }

    private Task<JsonNode> StateAsync() => Eventually.Gives(
        () => Task.FromResult(File.Exists(Path.Combine(_home.Path, "up.json")) ? JsonNode.Parse(File.ReadAllText(Path.Combine(_home.Path, "up.json")))! : null!),
        state => state is not null,
        "the grid is up",
        withinSeconds: 90);

    /// <summary>Command lines that name the grid's own folder.</summary>
    private static string[] ProcessesOf(string folder) =>
        [.. Directory.EnumerateDirectories("/proc").Where(entry => int.TryParse(Path.GetFileName(entry), out _)).Select(CommandLineOf).Where(command => command.Contains(folder, StringComparison.Ordinal))];

    private static string CommandLineOf(string entry)
    {
        try
        {
            return File.ReadAllText(Path.Combine(entry, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
