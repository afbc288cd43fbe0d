using System.Text.Json;
using Grid.Client;

namespace Grid.CommandLine.LocalGrids;

/// <summary>Where a silo serves, as it says in its data folder once it does.</summary>
internal sealed class SiloEndpoint(string dataFolder)
{
    private string File => Path.Combine(dataFolder, "endpoint.json");

    /// <summary>Before a start, so that an address of before is not taken for the new one.</summary>
    public void Forget()
    {
        if (Directory.Exists(dataFolder)) System.IO.File.Delete(File);
    }

    /// <exception cref="GridException">It ended, or does not serve in time.</exception>
    public async Task<Uri> WaitAsync(ChildProgram silo, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limits.StartPatience);
        while (!limit.IsCancellationRequested)
        {
            if (silo.HasExited) throw LocalGrid.Died(silo);
            if (TryRead() is { } url) return url;
            await Task.Delay(Limits.PollPause, cancellation);
        }
        cancellation.ThrowIfCancellationRequested();
        throw new GridException(GridErrorKind.Unreachable, $"The silo does not serve within {Limits.StartPatience.TotalSeconds} s. The end of its log:\n{silo.LastLines()}");
    }

    private Uri? TryRead()
    {
        try
        {
            using var json = JsonDocument.Parse(System.IO.File.ReadAllBytes(File));
            return json.RootElement.TryGetProperty("url", out var url) && Uri.TryCreate(url.GetString(), UriKind.Absolute, out var endpoint) ? endpoint : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }
}
