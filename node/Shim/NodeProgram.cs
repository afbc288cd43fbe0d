using System.Collections.Immutable;

namespace Grid.Node.Shim;

/// <summary>How to start another process of this program.</summary>
/// <param name="File">Absolute path of the executable.</param>
/// <param name="Arguments">What comes before the subcommand: the assembly, where dotnet is the executable.</param>
public sealed record NodeProgram(string File, ImmutableArray<string> Arguments)
{
    /// <summary>The program that lies beside this assembly, also when something else (a test, a tool) has loaded it.</summary>
    public static NodeProgram Own { get; } = Find(AppContext.BaseDirectory);

    private static readonly string[] PassedOn = ["DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "HOME"];

    /// <summary>What the .NET host needs to find its runtime, and nothing else: the node's own environment may hold secrets.</summary>
    internal static string[] Environment() =>
    [
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "DOTNET_TieredPGO=0", "DOTNET_EnableDiagnostics=0",
        .. PassedOn
            .Select(name => (Name: name, Value: System.Environment.GetEnvironmentVariable(name)))
            .Where(variable => variable.Value is not null)
            .Select(variable => $"{variable.Name}={variable.Value}"),
    ];

    private static NodeProgram Find(string directory)
    {
        var host = Path.Combine(directory, "grid-node");
        if (System.IO.File.Exists(host)) return new NodeProgram(host, []);
        var dotnet = System.Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "/usr/bin/dotnet";
        return new NodeProgram(dotnet, [Path.Combine(directory, "grid-node.dll")]);
    }
}
