using Grid.Client;

namespace Grid.CommandLine.Demo;

/// <summary>Whom an operator would ask. On a busy machine a node may just have lost its link, and be back in a moment.</summary>
internal static class Candidates
{
    /// <summary>Until so many pass all that a manifest demands. Whoever does not come back in time is done without.</summary>
    public static async Task WaitAsync(GridClient client, ManifestFile manifest, int wanted, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limits.CandidatePatience);
        while (!limit.IsCancellationRequested)
        {
            var screen = await client.ScreenAsync(manifest, cancellation);
            if (screen.Placements.All(placement => placement.Providers >= wanted)) return;
            await Task.Delay(Limits.PollPause * 5, cancellation);
        }
    }
}
