using Grid.Client;
using Grid.CommandLine.Programs;

namespace Grid.CommandLine.Demo;

/// <summary>One of the deployments in <c>samples/</c>.</summary>
/// <param name="Request">What is asked of its exposed port; null for a batch job, which is waited for instead.</param>
/// <param name="Expected">A part of the answer.</param>
internal sealed record DemoSample(string Name, string Title, string? Request, string Expected)
{
    public static readonly IReadOnlyList<DemoSample> All =
    [
        new("train", "a batch job: trains a model on Fisher's iris data and returns it", null, "testAccuracy"),
        new("web", "a web service, answered over HTTP on its exposed port", "/", "Hello from the grid"),
        new("two-services", "two services: `front` is exposed and asks `api` by its name", "/1001", "7 × 11 × 13"),
    ];

    public static readonly DemoSample Service = All[1];

    public ManifestFile Read()
    {
        var root = Repository.Root ?? AppContext.BaseDirectory;
        return ManifestFile.Read(Path.Combine(root, "samples", Name, "deploy.yaml"));
    }
}
