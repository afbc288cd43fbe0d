using Grid.Leases;
using Grid.Protocol.Link.Messages;

namespace Grid.Silo.Links;

/// <summary>A node's word on a workload, as a lease takes it.</summary>
internal static class ServiceReports
{
    /// <param name="isStopping">Whether the lease is ending anyway: then an end is no failure of the workload.</param>
    public static ServiceReport Of(WorkloadStatus status, bool isStopping) => new(
        Shorten(status.Service, Protocol.Signing.Limits.MaxServiceNameLength),
        (int)Math.Min(status.Ordinal, int.MaxValue),
        (int)Math.Min(status.Attempt, int.MaxValue),
        PhaseOf(status, isStopping),
        status.ExitCode,
        status.IsOomKilled,
        status.Message is null ? null : Shorten(status.Message, Limits.MessageLength),
        [.. status.Outputs.Take(Limits.OutputsPerService).Select(static output => new OutputReport(output.Name, output.Sha256, output.Bytes))]);

    private static ServicePhase PhaseOf(WorkloadStatus status, bool isStopping) => status.Phase switch
    {
        WorkloadPhase.Starting => ServicePhase.Pending,
        WorkloadPhase.Running => ServicePhase.Running,
        WorkloadPhase.Exited when status.ExitCode == 0 => ServicePhase.Succeeded,
        _ => isStopping ? ServicePhase.Stopped : ServicePhase.Failed,
    };

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..length];
}
