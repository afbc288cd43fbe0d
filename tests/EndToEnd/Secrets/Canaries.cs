using System.Text;
using Grid.Client;
using Grid.Tests.EndToEnd.World;

namespace Grid.Tests.EndToEnd.Secrets;

/// <summary>A secret in the environment and one in a result lie nowhere in the stores and logs.</summary>
public sealed class Canaries : IDisposable
{
    private const string EnvironmentCanary = "canary-in-env-7f3a91c2";
    private const string ResultCanary = "canary-in-result-5d20be48";

    /// <summary>Printed by the job, so that the search is known to find what is there.</summary>
    private const string Printed = "printed-for-all-to-see-c8f1";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Neither_is_found_in_any_file_of_the_grid()
    {
        await using var world = await RunningGrid.StartAsync();
        var deployed = await world.Client.DeployAsync(Manifest(), new DeployOptions());
        var ended = await world.WaitUntilClosedAsync(deployed.Deployment);
        var lease = Assert.Single(Assert.Single(ended.Orders).Leases);

        var result = Assert.Single((await world.Client.ListArtifactsAsync(lease.Lease)).Artifacts);
        var fetched = Path.Combine(_folder.Path, "fetched");
        await world.Client.FetchAsync(lease.Lease, result, fetched);
        Assert.Equal($"{EnvironmentCanary.Length} {ResultCanary}", await File.ReadAllTextAsync(fetched));

        Assert.NotEmpty(HoldersOf(world.Grid.DataFolder, Printed));
        Assert.Empty(HoldersOf(world.Grid.DataFolder, EnvironmentCanary));
        Assert.Empty(HoldersOf(world.Grid.DataFolder, ResultCanary));
    }

    public void Dispose() => _folder.Dispose();

    private static string[] HoldersOf(string folder, string text) =>
    [
        .. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(path => new FileInfo(path).Length > 0 && Holds(path, text)),
    ];

    /// <summary>In the encodings that a store or a log might use.</summary>
    private static bool Holds(string path, string text)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            file.CopyTo(content);
            var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
            return bytes.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private ManifestFile Manifest()
    {
        // The result's secret is put together there, so that the script, an input, does not hold it.
        var (head, tail) = (ResultCanary[..10], ResultCanary[10..]);
        _folder.Write("job.pl", $$"""
            open my $out, '>', 'result.txt' or die;
            print $out length($ENV{SECRET}), ' ', join('', '{{head}}', '{{tail}}');
            close $out or die;
            print "{{Printed}}\n";
            """);
        return ManifestFile.Read(_folder.Write("deploy.yaml", $$$"""
            version: "1.0"
            services:
              job:
                image: host
                command: ["perl", "job.pl"]
                env: ["SECRET={{{EnvironmentCanary}}}"]
            profiles:
              name: canary
              mode: provider
              compute:
                small: {resources: {cpu: {units: 0.1}, memory: {size: 64Mi}, storage: [{size: 16Mi}]}}
              placement:
                anywhere:
                  pricing:
                    small: {token: GRID, amount: 1}
            deployment:
              job:
                anywhere: {profile: small, count: 1}
            x-grid:
              services:
                job:
                  kind: batch
                  inputs: [{name: job.pl, path: job.pl}]
                  outputs: [{name: result.txt, path: result.txt}]
            """));
    }
}
