using System.CommandLine;
using System.CommandLine.Help;
using Grid.CommandLine.Programs;

namespace Grid.CommandLine;

/// <summary>The <c>grid</c> program.</summary>
public static class GridCommandLine
{
    /// <returns>0 ok, 1 failed, 2 bad usage.</returns>
    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    /// <summary>The same, speaking elsewhere.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        // Another program's command line is its own: nothing of it is parsed here.
        if (args.Length > 0 && GridProgram.Find(args[0]) is { } program) return program.Run(args[1..]);
        var asked = RootOf(args).Parse(args);
        var exitCode = await asked.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = Limits.StopPatience });
        return asked.Errors.Count > 0 ? Guard.BadUsage : exitCode;
    }

    private static Command RootOf(string[] args)
    {
        // A RootCommand would carry the file's name, which is not what people type.
        var root = new Command(
            "grid",
            "An open market for GPUs and CPUs: deploy workloads, offer hardware, run a local grid.\n" +
            "Start here: `grid demo` shows everything once; `grid up` runs a local grid for your own `grid deploy FILE`.")
        {
            new HelpOption(),
            new VersionOption(),
        };
        foreach (var (name, create) in GridCommands.All)
            if (IsWanted(name, args)) root.Add(create());
        return root;
    }

    // Only the help needs all of them: building and JIT-compiling thirty commands would be most of a short command's time.
    private static bool IsWanted(string name, string[] args) => args.Length == 0 || args[0] == name || !GridCommands.All.Any(command => command.Name == args[0]);
}
