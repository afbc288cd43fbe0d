using System.Collections.Immutable;
using Grid.Node.Execution.Images;
using Grid.Node.Execution.Sandboxes;

namespace Grid.Node.Execution;

/// <summary>What a node checks of a workload before it touches the disk for it. Manifests were checked by others: a node believes nobody.</summary>
public static class WorkloadRules
{
    public static ImmutableArray<string> ProblemsOf(LeaseWorkload workload)
    {
        var problems = new List<string>();
        Range(problems, "services", workload.Services.Length, 1, Limits.MaxServicesPerLease);
        Range(problems, "diskMib", workload.DiskMib, 1, long.MaxValue >> 21);
        foreach (var twice in workload.Services.GroupBy(service => (service.Service, service.Replica)).Where(group => group.Count() > 1))
        {
            problems.Add($"services: '{twice.Key.Service}' replica {twice.Key.Replica} is listed {twice.Count()} times; number its replicas");
        }

        foreach (var service in workload.Services) Check(problems, service);
        return [.. problems];
    }

    private static void Check(List<string> problems, ServiceWorkload service)
    {
        if (!SandboxPath.IsName(service.Service)) problems.Add($"service '{Shorten(service.Service)}': expected 1 to {Limits.MaxNameChars} letters, digits, '-', '_' or '.'");
        var found = problems.Count;
        Range(problems, "replica", service.Replica, 0, 1023);
        Range(problems, "retries", service.Retries, 0, Limits.MaxRetries);
        Range(problems, "resources.cpuMillis", service.Resources.CpuMillis, 10, 1_024_000);
        Range(problems, "resources.memoryMib", service.Resources.MemoryMib, 4, 64L << 20);
        Range(problems, "resources.pids", service.Resources.Pids, 0, 1 << 20);
        Range(problems, "stopGraceMs", service.StopGraceMs, 0, 600_000);
        Range(problems, "ports", service.Ports.Length, 0, Limits.MaxPortsPerService);
        foreach (var port in service.Ports) Range(problems, "ports", port, 1, 65_535);
        CheckCommand(problems, service);
        CheckMounts(problems, service);
        for (var i = found; i < problems.Count; i++) problems[i] = $"service '{Shorten(service.Service)}': {problems[i]}";
    }

    private static void CheckCommand(List<string> problems, ServiceWorkload service)
    {
        if (!ImageReference.IsValid(service.Image)) problems.Add($"image: '{Shorten(service.Image)}': expected 'host' or a reference such as docker.io/library/nginx:1.27");
        Range(problems, "command", service.Command.Length, service.Image == ImageReference.Host ? 1 : 0, Limits.MaxCommandArguments);
        Range(problems, "env", service.Environment.Length, 0, Limits.MaxEnvironmentVariables);
        var total = service.Command.Sum(word => (long)word.Length) + service.Environment.Sum(variable => (long)variable.Name.Length + variable.Value.Length);
        Range(problems, "command and env together, characters", total, 0, Limits.MaxCommandAndEnvironmentChars);
        if (service.Command.Any(word => word.Contains('\0'))) problems.Add("command: holds a null character");
        foreach (var variable in service.Environment.Where(variable => !IsVariableName(variable.Name))) problems.Add($"env: '{Shorten(variable.Name)}' is not a variable's name");
        if (service.Environment.Any(variable => variable.Value.Contains('\0'))) problems.Add("env: a value holds a null character");
    }

    private static void CheckMounts(List<string> problems, ServiceWorkload service)
    {
        Range(problems, "inputs, outputs and volumes", service.Inputs.Length + service.Outputs.Length + service.Volumes.Length, 0, Limits.MaxMountsPerService);
        foreach (var input in service.Inputs) CheckPath(problems, "inputs", input.Name, input.Path);
        foreach (var output in service.Outputs) CheckPath(problems, "outputs", output.Name, output.Path);
        foreach (var volume in service.Volumes) CheckPath(problems, "volumes", volume.Name, volume.Path);
        foreach (var output in service.Outputs.Where(output => SandboxPath.Parent(SandboxPath.Absolute(output.Path)) is "/" or "/dev/shm"))
        {
            problems.Add($"outputs: path '{Shorten(output.Path)}': expected a file in {SandboxPath.WorkDirectory}, a volume, or a directory of its own, which the node then keeps");
        }

        Twice(problems, "inputs", service.Inputs.Select(input => input.Name));
        Twice(problems, "outputs", service.Outputs.Select(output => output.Name));
        Twice(problems, "volumes", service.Volumes.Select(volume => volume.Name));
        Twice(problems, "paths", service.Inputs.Select(input => SandboxPath.Absolute(input.Path)).Concat(service.Volumes.Select(volume => SandboxPath.Absolute(volume.Path))));
    }

    private static void CheckPath(List<string> problems, string field, string name, string path)
    {
        if (!SandboxPath.IsName(name)) problems.Add($"{field}: name '{Shorten(name)}': expected 1 to {Limits.MaxNameChars} letters, digits, '-', '_' or '.'");
        if (SandboxPath.ProblemOf(path) is { } problem) problems.Add($"{field}: path '{Shorten(path)}': {problem}");
    }

    private static void Twice(List<string> problems, string field, IEnumerable<string> names)
    {
        foreach (var name in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1)) problems.Add($"{field}: '{Shorten(name.Key)}' is used twice");
    }

    private static void Range(List<string> problems, string field, long value, long least, long most)
    {
        if (value < least || value > most) problems.Add($"{field}: {value}: expected {least} to {most}");
    }

    private static bool IsVariableName(string name) =>
        name.Length is > 0 and <= 256 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    private static string Shorten(string text) => text.Length <= Limits.MaxNameChars ? text : text[..Limits.MaxNameChars] + "…";
}
