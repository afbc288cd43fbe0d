using Grid.Protocol;

namespace Grid.Node.Execution.Leases;

/// <summary>Where everything of one lease lies. Only <c>files</c> is ever seen by its workloads.</summary>
internal sealed class LeaseDirectory(string dataDirectory, LeaseId lease)
{
    public string Path { get; } = System.IO.Path.Combine(LeasesIn(dataDirectory), lease.ToString());

    public string Files => System.IO.Path.Combine(Path, "files");

    public string RecordFile => System.IO.Path.Combine(Path, "lease.json");

    public string States => StatesIn(Path);

    public static string LeasesIn(string dataDirectory) => System.IO.Path.Combine(dataDirectory, "leases");

    public static string StatesIn(string leaseDirectory) => System.IO.Path.Combine(leaseDirectory, "state");

    public static string StateFile(string leaseDirectory, WorkloadKey key) => System.IO.Path.Combine(StatesIn(leaseDirectory), key.FileName + ".json");

    public static string Logs(string leaseDirectory, WorkloadKey key) => System.IO.Path.Combine(leaseDirectory, "logs", key.FileName);
}
