using Grid.Tests.Client.Deploying;

namespace Grid.Tests.Client.CommandLine;

[Collection(CommandTurns.Name)]
public sealed class ManifestChecks : IDisposable
{
    private readonly Cli _cli = new();

    [Fact]
    public async Task Each_file_is_reported_with_what_is_wrong_and_where()
    {
        var good = _cli.Folder.Write("good.yaml", Manifests.Batch);
        var bad = _cli.Folder.Write("bad.yaml", Manifests.Batch.Replace("count: 3", "count: many", StringComparison.Ordinal));

        Assert.Equal(1, await _cli.RunAsync("manifest", "check", good, bad, "--json"));

        Assert.Equal((1, 1), ((int)_cli.Json["ok"]!, (int)_cli.Json["failed"]!));
        var files = _cli.Json["files"]!.AsArray();
        Assert.Equal((good, true, 0), ((string?)files[0]!["path"], (bool)files[0]!["ok"]!, files[0]!["errors"]!.AsArray().Count));
        var error = files[1]!["errors"]![0]!;
        Assert.Equal(19, (int)error["line"]!);
        Assert.Contains("count", (string?)error["key"], StringComparison.Ordinal);
        Assert.True((int)error["column"]! > 0);
        Assert.NotEmpty((string)error["message"]!);
    }

    [Fact]
    public async Task Warnings_leave_a_file_ok()
    {
        var file = _cli.Folder.Write("odd.yaml", Manifests.Batch.Replace("  name: job", "  name: job\n  colour: red", StringComparison.Ordinal));

        Assert.Equal(0, await _cli.RunAsync("manifest", "check", file, "--json"));

        Assert.Single(_cli.Json["files"]![0]!["warnings"]!.AsArray());
    }

    [Fact]
    public async Task A_missing_file_is_a_finding_like_any_other()
    {
        Assert.Equal(1, await _cli.RunAsync("manifest", "check", _cli.Folder.File("none.yaml"), "--json"));

        Assert.Equal(0, (int)_cli.Json["files"]![0]!["errors"]![0]!["line"]!);
    }

    [Fact]
    public async Task A_secret_never_shows_in_what_is_reported()
    {
        var file = _cli.Folder.Write("bad.yaml", Manifests.Batch.Replace("cpu: {units: 0.5}", "cpu: {units: lots}", StringComparison.Ordinal));

        Assert.Equal(1, await _cli.RunAsync("manifest", "check", file));

        Assert.DoesNotContain(Manifests.Secret, _cli.Output + _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_sample_of_the_repository_is_ok()
    {
        var samples = Directory.EnumerateFiles(Path.Combine(FindRepository(), "samples"), "deploy.yaml", SearchOption.AllDirectories).ToArray();

        Assert.Equal(0, await _cli.RunAsync(["manifest", "check", .. samples, "--json"]));
        Assert.True(samples.Length >= 3);
        Assert.All(_cli.Json["files"]!.AsArray(), file => Assert.Empty(file!["warnings"]!.AsArray()));
    }

    public void Dispose() => _cli.Dispose();

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DecentralizedCompute.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
