using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Grid.Node.Execution.Images;
using Grid.Node.Execution.Leases;
using Grid.Node.Execution.Logs;
using Grid.Node.Execution.Posix;
using Grid.Node.Execution.Sandboxes;
using Grid.Node.Shim;
using Grid.Protocol;

namespace Grid.Node.Execution;

/// <summary>
/// Runs the workloads of leases, through a supervisor that outlives this process: opening an engine on a data directory adopts whatever runs there.
/// Every call may be repeated.
/// </summary>
public sealed class WorkloadEngine : IAsyncDisposable
{
    private readonly WorkloadEngineOptions _options;
    private readonly ShimClient _shim;
    private readonly LeaseUids _uids = new(LeaseUids.MachineLedger);

    private readonly ImageUnpacker _images;

    private WorkloadEngine(WorkloadEngineOptions options, ShimClient shim, AnswerHello hello)
    {
        _options = options;
        _shim = shim;
        _images = new ImageUnpacker(options.ImageTransport);
        Isolation = hello.Isolation;
        SupervisorProcessId = hello.ProcessId;
    }

    /// <summary>What this machine was found to hold. Goes into the node's offer.</summary>
    public IsolationReport Isolation { get; }

    public int SupervisorProcessId { get; }

    /// <summary>Whether it can run images of registries, and not only <c>host</c>.</summary>
    public bool RunsImages => _images.Problem is null && Isolation.Level > IsolationLevel.None;

    /// <exception cref="IsolationRefusedException">Nothing can be isolated here, and that was not allowed.</exception>
    public static async Task<WorkloadEngine> OpenAsync(WorkloadEngineOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        options = options with { DataDirectory = Path.GetFullPath(options.DataDirectory) };
        Directory.CreateDirectory(LeaseDirectory.LeasesIn(options.DataDirectory));
        var shim = new ShimClient(new ShimLauncher(options.DataDirectory, options.Program, time), time);
        var hello = await shim.AskAsync<AnswerHello>(new AskHello(), cancellationToken);
        if (hello.Isolation.Level > IsolationLevel.None || options.AllowUnisolated) return new WorkloadEngine(options, shim, hello).Swept();
        await shim.ShutdownAsync(cancellationToken);
        await shim.DisposeAsync();
        throw new IsolationRefusedException(hello.Isolation);
    }

    /// <summary>Opens an input for writing: all of them before <see cref="StartAsync"/>. The workload can only read it.</summary>
    public Stream CreateInput(WorkloadKey key, string name)
    {
        if (!SandboxPath.IsName(name) || !SandboxPath.IsName(key.Service)) throw new WorkloadRefusedException([$"{key.Service}: input '{name}': not a name"]);
        return LeaseFiles.CreateInput(DirectoryOf(key.Lease).Path, MountPlan.InputSource(key, name));
    }

    /// <summary>Starts every service of a lease. The same attempt again answers with what it has become.</summary>
    /// <exception cref="WorkloadRefusedException">This node will not run it; nothing of it runs.</exception>
    public async Task<ImmutableArray<WorkloadStatus>> StartAsync(LeaseWorkload workload, CancellationToken cancellationToken)
    {
        var directory = DirectoryOf(workload.Lease);
        var problems = Problems(workload, directory);
        if (problems.Length > 0) throw new WorkloadRefusedException(problems);
        var uid = Prepare(workload, directory);
        var images = await UnpackAsync(workload, directory, uid, cancellationToken);
        var diskMib = workload.DiskMib + ImageUnpacker.UsedMib(directory.Path);
        try
        {
            var statuses = ImmutableArray.CreateBuilder<WorkloadStatus>();
            foreach (var service in workload.Services)
            {
                var answer = await _shim.AskAsync<AnswerStatuses>(new AskStart(Spec(workload, service, directory, uid, images, diskMib)), cancellationToken);
                statuses.AddRange(answer.Statuses);
            }

            return statuses.ToImmutable();
        }
        catch (ShimRefusedException e)
        {
            await StopAsync(workload.Lease, 0, CancellationToken.None);
            throw new WorkloadRefusedException([e.Message]);
        }
    }

    /// <param name="graceMs">Null: what each service says.</param>
    public async Task StopAsync(LeaseId lease, int? graceMs, CancellationToken cancellationToken) =>
        await _shim.AskAsync<AnswerStatuses>(new AskStop(lease, graceMs), cancellationToken);

    /// <summary>Moves the end of what is paid, never back. Without it a workload stops by itself, also when this process is gone.</summary>
    public async Task ExtendAsync(LeaseId lease, long stopAtBootMs, CancellationToken cancellationToken) =>
        await _shim.AskAsync<AnswerStatuses>(new AskExtend(lease, stopAtBootMs), cancellationToken);

    /// <summary>Everything that runs, and everything that has run and was not removed.</summary>
    public async Task<ImmutableArray<WorkloadStatus>> ListAsync(CancellationToken cancellationToken) =>
        WithStored((await _shim.AskAsync<AnswerStatuses>(new AskList(), cancellationToken)).Statuses);

    /// <summary>Every status, and then each that changes. After the supervisor was replaced, every status again.</summary>
    public async IAsyncEnumerable<WorkloadStatus> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            // First a plain question: it brings the supervisor back where it is gone, patiently.
            await _shim.AskAsync<AnswerHello>(new AskHello(), cancellationToken);
            await using var watched = await _shim.ConnectAsync(cancellationToken);
            if (await BeginWatchAsync(watched, cancellationToken) is not { } begun) continue;
            foreach (var status in begun) yield return status;
            while (await NextAsync(watched, cancellationToken) is { } changed)
            {
                foreach (var status in changed) yield return status;
            }
        }
    }

    /// <summary>Whole lines from an offset on; no lines when there is nothing new. Also after the end, until the lease is removed.</summary>
    public LogChunk ReadLogs(WorkloadKey key, long fromOffset) => LogReader.Read(LeaseDirectory.Logs(DirectoryOf(key.Lease).Path, Checked(key)), fromOffset);

    /// <summary>Connects to a port that the service exposes, inside its own network.</summary>
    /// <exception cref="WorkloadRefusedException">It does not run, or does not expose the port.</exception>
    /// <exception cref="IOException">Nothing listens there yet.</exception>
    public async Task<Stream> OpenRelayAsync(WorkloadKey key, int port, CancellationToken cancellationToken)
    {
        if (Isolation.Level == IsolationLevel.None) return await RelayConnection.OpenUnisolatedAsync(port, cancellationToken);
        try
        {
            var socket = await _shim.AskAsync<AnswerSocket>(new AskRelay(key, port), cancellationToken);
            return await RelayConnection.OpenAsync(socket.Path, port, cancellationToken);
        }
        catch (ShimRefusedException e)
        {
            throw new WorkloadRefusedException([e.Message]);
        }
    }

    /// <summary>Opens one of the lease's outputs. What a workload wrote is not trusted: no link is followed, and only plain files are read.</summary>
    /// <exception cref="FileNotFoundException">It has not written it.</exception>
    /// <exception cref="UnauthorizedAccessException">It is no plain file, or a link leads to it.</exception>
    public FileStream OpenOutput(WorkloadKey key, string name)
    {
        var directory = DirectoryOf(key.Lease);
        var service = DurableFile.Read(directory.RecordFile, ExecutionJson.Default.LeaseRecord)?.Services
            .FirstOrDefault(service => service.Service == key.Service && service.Replica == key.Replica);
        var output = service?.Outputs.FirstOrDefault(output => output.Name == name)
            ?? throw new FileNotFoundException($"{key} has no output '{name}'.");
        var (root, file) = MountPlan.Locate(service.Mounts, output.Path) ?? throw new FileNotFoundException($"{key}: output '{name}' lies in memory.");
        return UntrustedFile.OpenRead(Path.Combine(directory.Files, root), file);
    }

    /// <summary>Deletes what the workloads of a lease that has ended could read and write. Logs and exit codes stay.</summary>
    public async Task ClearFilesAsync(LeaseId lease, CancellationToken cancellationToken)
    {
        var statuses = await ListAsync(cancellationToken);
        if (statuses.Where(status => status.Key.Lease == lease).All(static status => status.HasExited)) LeaseFiles.Delete(DirectoryOf(lease).Files);
    }

    /// <summary>Forgets a lease that has stopped: its files, its logs, its uid.</summary>
    /// <exception cref="WorkloadRefusedException">Something of it still runs.</exception>
    public async Task RemoveAsync(LeaseId lease, CancellationToken cancellationToken)
    {
        try
        {
            await _shim.AskAsync<AnswerStatuses>(new AskForget(lease), cancellationToken);
        }
        catch (ShimRefusedException e)
        {
            throw new WorkloadRefusedException([e.Message]);
        }

        var directory = DirectoryOf(lease);
        var uid = DurableFile.Read(directory.RecordFile, ExecutionJson.Default.LeaseRecord)?.Uid;
        LeaseFiles.Delete(directory.Path);
        if (uid is { } id) _uids.Release(id);
    }

    /// <summary>Stops every workload and the supervisor, and waits until they are gone. Leaving without it leaves them running, which is the point.</summary>
    public Task ShutdownAsync(CancellationToken cancellationToken) => _shim.ShutdownAsync(cancellationToken);

    public ValueTask DisposeAsync() => _shim.DisposeAsync();

    private WorkloadEngine Swept()
    {
        if (Libc.GetUid() == 0) _uids.Sweep();
        return this;
    }

    private ImmutableArray<string> Problems(LeaseWorkload workload, LeaseDirectory directory)
    {
        var problems = WorkloadRules.ProblemsOf(workload);
        if (problems.Length > 0) return problems;
        return
        [
            .. workload.Services.SelectMany(ImageProblems),
            .. workload.Services.SelectMany(service => service.Inputs
                .Select(input => MountPlan.InputSource(Key(workload, service), input.Name))
                .Where(source => !File.Exists(Path.Combine(directory.Files, source)))
                .Select(source => $"service '{service.Service}': inputs: '{source}' was not written before the start")),
        ];
    }

    private IEnumerable<string> ImageProblems(ServiceWorkload service)
    {
        var problem = service.Image == ImageReference.Host
            ? _options.AllowHostImage ? null : "the owner of this node does not permit it"
            : Isolation.Level == IsolationLevel.None ? "this node has no sandbox to run images in" : _images.Problem;
        if (problem is not null) yield return $"service '{service.Service}': image '{service.Image}': {problem}";
    }

    /// <summary>The uid is on the disk before anything runs with it.</summary>
    private uint? Prepare(LeaseWorkload workload, LeaseDirectory directory)
    {
        Directory.CreateDirectory(directory.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var known = DurableFile.Read(directory.RecordFile, ExecutionJson.Default.LeaseRecord);
        var uid = known?.Uid ?? (Libc.GetUid() == 0 ? _uids.Acquire(workload.Lease, directory.Path) : null);
        ImmutableArray<ServiceRecord> services =
        [
            .. workload.Services.Select(service => new ServiceRecord(service.Service, service.Replica, MountPlan.Of(Key(workload, service), service), service.Outputs, service.Ports)),
        ];
        if (known is null || known.Attempt < workload.Attempt)
        {
            DurableFile.Write(directory.RecordFile, new LeaseRecord(workload.Attempt, uid, services), ExecutionJson.Default.LeaseRecord);
        }

        foreach (var service in services) LeaseFiles.Create(directory.Path, uid, service.Mounts);
        return uid;
    }

    private async Task<Dictionary<WorkloadKey, ImageConfig>> UnpackAsync(LeaseWorkload workload, LeaseDirectory directory, uint? uid, CancellationToken cancellationToken)
    {
        var images = new Dictionary<WorkloadKey, ImageConfig>();
        foreach (var service in workload.Services.Where(service => service.Image != ImageReference.Host))
        {
            var key = Key(workload, service);
            images[key] = await _images.UnpackAsync(service.Image, key, directory.Path, uid, cancellationToken);
            if (service.Command.IsEmpty && images[key].Command.IsEmpty) throw new WorkloadRefusedException([$"service '{service.Service}': neither it nor its image names a command"]);
        }

        return images;
    }

    private static WorkloadSpec Spec(
        LeaseWorkload workload, ServiceWorkload service, LeaseDirectory directory, uint? uid, Dictionary<WorkloadKey, ImageConfig> images, long diskMib)
    {
        var key = Key(workload, service);
        var image = images.GetValueOrDefault(key);
        return new WorkloadSpec(
            key, workload.Attempt, service.Kind, service.Retries, directory.Path, uid, image is null ? "" : ImageUnpacker.RootOf(key),
            image?.WorkingDirectory ?? SandboxPath.WorkDirectory, service.Command.IsEmpty ? image!.Command : service.Command,
            [.. image?.Environment ?? [], .. GpuVariables(service), .. service.Environment],
            service.Resources, diskMib, MountPlan.Of(key, service), service.Devices,
            [.. workload.Services.Select(other => other.Service).Distinct(StringComparer.Ordinal)], service.Ports, workload.StopAtBootMs, service.StopGraceMs);
    }

    /// <summary>Device files alone don't number the cards as the tenant expects.</summary>
    private static EnvironmentVariable[] GpuVariables(ServiceWorkload service)
    {
        if (service.GpuUuids.IsEmpty) return [];
        var uuids = string.Join(',', service.GpuUuids);
        return [new EnvironmentVariable("CUDA_VISIBLE_DEVICES", uuids), new EnvironmentVariable("NVIDIA_VISIBLE_DEVICES", uuids)];
    }

    private async Task<ImmutableArray<WorkloadStatus>?> BeginWatchAsync(MessageStream watched, CancellationToken cancellationToken)
    {
        try
        {
            await watched.WriteAsync(new AskWatch(), ShimJson.Default.ShimRequest, cancellationToken);
        }
        catch (IOException)
        {
            return null;
        }

        return await NextAsync(watched, cancellationToken) is { } live ? WithStored(live) : null;
    }

    private ImmutableArray<WorkloadStatus> WithStored(ImmutableArray<WorkloadStatus> live)
    {
        var known = live.Select(status => status.Key).ToHashSet();
        return [.. live, .. Stored().Where(status => !known.Contains(status.Key))];
    }

    private static async Task<ImmutableArray<WorkloadStatus>?> NextAsync(MessageStream watched, CancellationToken cancellationToken)
    {
        try
        {
            return await watched.ReadAsync(ShimJson.Default.ShimAnswer, cancellationToken) is AnswerStatuses answer ? answer.Statuses : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private IEnumerable<WorkloadStatus> Stored()
    {
        foreach (var lease in Directory.GetDirectories(LeaseDirectory.LeasesIn(_options.DataDirectory)))
        {
            var states = LeaseDirectory.StatesIn(lease);
            if (!Directory.Exists(states)) continue;
            foreach (var file in Directory.GetFiles(states, "*.json"))
            {
                if (DurableFile.Read(file, ExecutionJson.Default.WorkloadStatus) is { } status) yield return status;
            }
        }
    }

    private LeaseDirectory DirectoryOf(LeaseId lease) => new(_options.DataDirectory, lease);

    private static WorkloadKey Key(LeaseWorkload workload, ServiceWorkload service) => new(workload.Lease, service.Service, service.Replica);

    private static WorkloadKey Checked(WorkloadKey key) =>
        SandboxPath.IsName(key.Service) ? key : throw new WorkloadRefusedException([$"'{key.Service}' is not a service's name"]);
}
