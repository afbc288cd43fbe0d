using System.CommandLine;

namespace Grid.CommandLine.Programs;

/// <summary>Another program of the grid that this one starts.</summary>
/// <param name="Name">The command that starts it.</param>
/// <param name="Executable">Its file name.</param>
/// <param name="Folder">Its project's folder in the repository.</param>
internal sealed record GridProgram(string Name, string Executable, string Folder, string Description)
{
    public static readonly GridProgram Silo = new("silo", "grid-silo", "silo", "Run an operator's silo. Example: grid silo --data /var/lib/grid --ledger local · All options: grid silo --help");

    public static readonly GridProgram Node = new("node", "grid-node", "node", "Offer this machine: init, start, status. Examples: grid node init · grid node start · All options: grid node --help");

    public static readonly GridProgram Bench = new("bench", "grid-bench", "bench", "Measure a part. Examples: grid bench runtime --json · grid bench orders --json");

    public static readonly GridProgram Simulation = new("sim", "grid-sim", "simulation", "Simulate a grid. Examples: grid sim --seed 7 --providers 50 --days 1 --json · grid sim --scenario 14 --json");

    private static readonly GridProgram[] All = [Silo, Node, Bench, Simulation];

    /// <returns>The program that the command starts, or null for a command of this program's own.</returns>
    public static GridProgram? Find(string command) => Array.Find(All, program => program.Name == command);

    /// <summary>The file to start: beside this program where all are installed together, else as the repository builds it.</summary>
    public string Path
    {
        get
        {
            var beside = System.IO.Path.Combine(AppContext.BaseDirectory, Executable);
            // A build copies executables of referenced projects without what they run.
            return File.Exists($"{beside}.dll") || Repository.Root is not { } root ? beside : System.IO.Path.Combine(root, Folder, "bin", "Local", "Release", "net10.0", Executable);
        }
    }

    /// <summary>Becomes that program. Returns only where that fails.</summary>
    public int Run(string[] args)
    {
        var path = Path;
        if (!File.Exists(path)) Console.Error.WriteLine($"grid: {path} is missing. Build it first: dotnet build -c Release");
        else Console.Error.WriteLine($"grid: {path} cannot be started: {Posix.Become(path, args)}");
        return Guard.Failed;
    }

    /// <summary>Its line in the help; it is started before anything is parsed.</summary>
    public Command ToCommand() => new(Name, Description) { TreatUnmatchedTokensAsErrors = false };
}
