using System.Text.Json.Nodes;
using Grid.CommandLine;
using Grid.Tests.Client.Operators;

namespace Grid.Tests.Client.CommandLine;

/// <summary>Runs commands in this process, each test with a home of its own.</summary>
internal sealed class Cli : IDisposable
{
    private const string HomeVariable = "GRID_HOME";
    private const string UrlVariable = "GRID_URL";

    public Cli()
    {
        Environment.SetEnvironmentVariable(HomeVariable, Folder.File("home"));
        Environment.SetEnvironmentVariable(UrlVariable, null);
        Environment.SetEnvironmentVariable("GRID_OPERATORS", null);
    }

    public TemporaryFolder Folder { get; } = new();

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    /// <summary>Standard output must hold one JSON text and nothing else.</summary>
    public JsonNode Json => JsonNode.Parse(Output)!;

    public async Task<int> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await GridCommandLine.RunAsync(args, output, error);
        (Output, Error) = (output.ToString(), error.ToString());
        return exitCode;
    }

    public string PassphraseFile()
    {
        var path = Folder.Write("passphrase", "correct horse");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(HomeVariable, null);
        Folder.Dispose();
    }
}

/// <summary>The home is an environment variable of the process: these tests take turns.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CommandTurns
{
    public const string Name = "commands";
}
