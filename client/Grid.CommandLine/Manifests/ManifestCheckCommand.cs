using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Grid.CommandLine.Output;
using Grid.Protocol.Manifests;

namespace Grid.CommandLine.Manifests;

/// <summary><c>grid manifest check FILE…</c>: reads each file as <c>grid deploy</c> would, and says all that is wrong with it.</summary>
internal static class ManifestCheckCommand
{
    private static readonly Argument<string[]> Files = new("FILE") { Description = "deploy.yaml files of either dialect.", Arity = ArgumentArity.OneOrMore };

    public static Command Create()
    {
        var command = new Command("check", "Check deploy.yaml files. Examples: grid manifest check deploy.yaml · grid manifest check --json samples/*/deploy.yaml") { Files, CommonOptions.Json };
        Files.Validators.Add(static result =>
        {
            if (result.Tokens.Count > Limits.MaxManifestFiles) result.AddError($"At most {Limits.MaxManifestFiles} files are checked at once, not {result.Tokens.Count}.");
        });
        command.SetGuardedAction((asked, output, cancellation) => Task.FromResult(Run(asked.GetRequiredValue(Files), output, cancellation)));
        return command;
    }

    private static int Run(string[] paths, CommandOutput output, CancellationToken cancellation)
    {
        var checks = new TimedCheck[paths.Length];
        if (paths.Length == 1) checks[0] = Timed(paths[0]);
        else Parallel.For(0, paths.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i => checks[i] = Timed(paths[i]));
        var failed = checks.Count(check => !check.IsOk);
        if (output.IsJson) output.Json(ManifestChecks.Of(checks), ManifestChecksJson.Default.ManifestChecks);
        else Show(checks, output);
        return failed == 0 ? Guard.Ok : Guard.Failed;
    }

    private static TimedCheck Timed(string path)
    {
        var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        return new TimedCheck(Check(path), Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - used);
    }

    private static ManifestCheck Check(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            return ManifestCheck.Of(path, stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var finding = new ManifestDiagnostic(DiagnosticSeverity.Error, 0, 0, "", $"the file cannot be read: {e.Message}");
            return new ManifestCheck(path, new ManifestReading(null, [finding], []));
        }
    }

    private static void Show(TimedCheck[] checks, CommandOutput output)
    {
        var text = new StringBuilder();
        foreach (var check in checks)
            foreach (var line in check.Check.Lines())
                text.AppendLine(line);
        if (checks.Length > 1) text.AppendLine($"{checks.Count(check => check.IsOk)} ok, {checks.Count(check => !check.IsOk)} failed");
        output.Text.Write(text);
    }
}
