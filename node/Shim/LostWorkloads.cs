using Grid.Node.Execution;
using Grid.Node.Execution.Cgroups;
using Grid.Node.Execution.Leases;

namespace Grid.Node.Shim;

/// <summary>What a supervisor that died left behind: its workloads died with it, or are ended here, and their records say so.</summary>
internal static class LostWorkloads
{
    public static void Settle(string dataDirectory, ICgroupTree? cgroups)
    {
        var leases = LeaseDirectory.LeasesIn(dataDirectory);
        if (!Directory.Exists(leases)) return;
        foreach (var lease in Directory.GetDirectories(leases))
        {
            cgroups?.RemoveLease(Path.GetFileName(lease));
            var states = LeaseDirectory.StatesIn(lease);
            if (!Directory.Exists(states)) continue;
            foreach (var file in Directory.GetFiles(states, "*.json")) Settle(file);
        }
    }

    private static void Settle(string file)
    {
        if (DurableFile.Read(file, ExecutionJson.Default.WorkloadStatus) is not { HasExited: false } status) return;
        var lost = status with { State = WorkloadState.Exited, Reason = ExitReason.Lost, ProcessId = 0, Detail = "its supervisor or the machine went down while it ran" };
        DurableFile.Write(file, lost, ExecutionJson.Default.WorkloadStatus);
    }
}
