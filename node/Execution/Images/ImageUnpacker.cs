using System.ComponentModel;
using System.Diagnostics;
using Grid.Node.Execution.Leases;
using Grid.Node.Execution.Sandboxes;

namespace Grid.Node.Execution.Images;

/// <summary>
/// Fetches an OCI image and unpacks it for one service, with skopeo and umoci. Both run as the lease's uid and see the lease's files alone as their own:
/// what they read was written by strangers.
/// </summary>
/// <param name="transport">skopeo's name of where images come from: <c>docker://</c> for registries.</param>
internal sealed class ImageUnpacker(string transport)
{
    private static readonly string[] PassedOn = ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE"];

    private readonly Tools _tools = Tools.Find();
    private readonly string _skopeo = Tools.Find("skopeo");
    private readonly string _umoci = Tools.Find("umoci");

    /// <returns>Why no image can be unpacked here; null where it can.</returns>
    public string? Problem => _skopeo.Length > 0 && _umoci.Length > 0
        ? null
        : "this node runs no OCI images, only the image 'host': its owner has to install the packages skopeo and umoci (Debian, Ubuntu: apt-get install skopeo umoci)";

    /// <summary>Where the unpacked root lies, relative to the lease's <c>files</c>.</summary>
    public static string RootOf(WorkloadKey key) => $"{Bundle(key)}/rootfs";

    /// <summary>Once: a second call finds the image there, however much the workload has written into it.</summary>
    /// <exception cref="WorkloadRefusedException">It can't be fetched, or is no image.</exception>
    public async Task<ImageConfig> UnpackAsync(string image, WorkloadKey key, string leaseDirectory, uint? uid, CancellationToken cancellationToken)
    {
        var files = Path.Combine(leaseDirectory, "files");
        var done = Path.Combine(leaseDirectory, $"image-{key.FileName}.json");
        if (!File.Exists(done))
        {
            var place = Path.Combine(files, Place(key));
            if (Directory.Exists(place)) LeaseFiles.Delete(place);
            LeaseFiles.Create(leaseDirectory, uid, [new SandboxMount(MountKind.Writable, Place(key), "/")]);
            await RunAsync([_skopeo, "--insecure-policy", "copy", "--quiet", transport + image, $"oci:{Place(key)}/layout:image"], image, key, files, uid, cancellationToken);
            await RunAsync([_umoci, "unpack", "--rootless", "--image", $"{Place(key)}/layout:image", Bundle(key)], image, key, files, uid, cancellationToken);
            Directory.Delete(Path.Combine(place, "layout"), recursive: true);
            // Read once, before the workload can change it.
            await File.WriteAllTextAsync(done, await ReadConfigAsync(files, key, cancellationToken), cancellationToken);
        }

        try
        {
            return ImageConfig.Parse(await File.ReadAllTextAsync(done, cancellationToken));
        }
        catch (FormatException e)
        {
            throw Refused(image, key, e.Message);
        }
    }

    /// <summary>Of all images of a lease, which come on top of the disk that its tenant pays.</summary>
    public static long UsedMib(string leaseDirectory)
    {
        var images = Path.Combine(leaseDirectory, "files", "images");
        return Directory.Exists(images) ? Math.Min(DiskUse.Measure(images) >> 20, Limits.MaxImageMib) : 0;
    }

    private static string Place(WorkloadKey key) => $"images/{key.FileName}";

    private static string Bundle(WorkloadKey key) => $"{Place(key)}/bundle";

    private static async Task<string> ReadConfigAsync(string files, WorkloadKey key, CancellationToken cancellationToken)
    {
        await using var file = UntrustedFile.OpenRead(files, $"{Bundle(key)}/config.json");
        if (file.Length > Limits.MaxStateFileBytes) throw Refused("the image", key, "its configuration is too long");
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private async Task RunAsync(List<string> command, string image, WorkloadKey key, string files, uint? uid, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Limits.ImageTimeoutMs);
        List<string> whole =
        [
            .. Launch.Wrapper(_tools, [], Limits.MaxImageMib, uid is null ? "" : files, uid is null ? files : Launch.LeaseMountPoint), .. Launch.AsUid(_tools, uid), .. command,
        ];
        var start = new ProcessStartInfo(whole[0], whole.Skip(1)) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment.Clear();
        foreach (var (name, value) in Variables(uid is null ? files : Launch.LeaseMountPoint, key)) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new Win32Exception();
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, deadline.Token);
            var errors = ReadStartAsync(process.StandardError, deadline.Token);
            await WatchSizeAsync(process, Path.Combine(files, "images"), deadline.Token);
            await output;
            if (process.ExitCode != 0) throw Refused(image, key, (await errors).Trim());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Refused(image, key, $"it was not there within {Limits.ImageTimeoutMs} ms");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>An image may be a bomb: small to fetch, endless to unpack.</summary>
    private static async Task WatchSizeAsync(Process process, string images, CancellationToken cancellationToken)
    {
        var end = process.WaitForExitAsync(cancellationToken);
        while (await Task.WhenAny(end, Task.Delay(Limits.ImageSizeCheckMs, cancellationToken)) != end)
        {
            if (DiskUse.Measure(images) >> 20 > Limits.MaxImageMib) process.Kill(entireProcessTree: true);
        }

        await end;
    }

    private static (string Name, string Value)[] Variables(string files, WorkloadKey key) =>
    [
        ("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"), ("HOME", $"{files}/{Place(key)}"), ("TMPDIR", $"{files}/{Place(key)}"), ("LANG", "C.UTF-8"),
        .. PassedOn
            .Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name) ?? "")).Where(variable => variable.Value.Length > 0),
    ];

    private static async Task<string> ReadStartAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var text = new char[Limits.MaxToolErrorChars];
        var count = await reader.ReadBlockAsync(text, cancellationToken);
        await reader.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
        return new string(text, 0, count);
    }

    private static WorkloadRefusedException Refused(string image, WorkloadKey key, string why) => new([$"service '{key.Service}': image '{image}': {why}"]);
}
