using System.Globalization;
using System.Text.Json.Nodes;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts;
using Grid.CommandLine;

namespace Grid.Tests.Silo.Chain;

/// <summary>The command line in a home of its own, for commands that need a chain and no operator.</summary>
internal sealed class ChainCommands(ChainDeployment grid, Uri rpc) : IDisposable
{
    /// <summary>$GRID_HOME is the process's: whoever sets it takes turns.</summary>
    public const string Turns = "commands";

    private readonly string _folder = Directory.CreateTempSubdirectory("grid-commands-").FullName;

    public string Folder => _folder;

    /// <summary>Runs a command that succeeds.</summary>
    public async Task<JsonNode> RunAsync(PrivateKey? key, params string[] words)
    {
        var (code, answer, error) = await TryAsync(key, words);
        Assert.True(code == 0, $"{string.Join(' ', words)}: {code} {error}");
        return answer;
    }

    public async Task<(int Code, JsonNode Answer, string Error)> TryAsync(PrivateKey? key, params string[] words)
    {
        Environment.SetEnvironmentVariable("GRID_HOME", Path.Combine(_folder, "home"));
        var file = Path.Combine(_folder, "chain.json");
        if (!File.Exists(file)) ChainDeploymentFile.Write(file, grid);
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        string[] wallet = key is null ? [] : ["--wallet", await KeystoreAsync(key), "--passphrase-file", Path.Combine(_folder, "passphrase")];
        var code = await GridCommandLine.RunAsync([.. words, .. wallet, "--chain", file, "--chain-rpc", rpc.ToString(), "--json"], output, error);
        return (code, JsonNode.Parse(output.ToString())!, error.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> KeystoreAsync(PrivateKey key)
    {
        var path = Path.Combine(_folder, key.Address + ".json");
        if (File.Exists(path)) return path;
        var passphrase = Path.Combine(_folder, "passphrase");
        await File.WriteAllTextAsync(passphrase, "correct horse");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(passphrase, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await Keystore.SaveAsync(path, key, "correct horse", KeystoreCost.Light, CancellationToken.None);
        return path;
    }
}
