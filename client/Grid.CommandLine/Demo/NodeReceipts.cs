using System.Diagnostics;
using System.Text.Json;
using Grid.Client;
using Grid.CommandLine.LocalGrids;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Programs;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.Demo;

/// <summary>What a node can show of having been heard, as <c>grid node seen</c> prints it.</summary>
internal static class NodeReceipts
{
    public static async Task<Signed<Seen>[]> ReadAsync(LocalNode node, LocalGrid grid, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(GridProgram.Node.Path, ["seen", "--data", Path.Combine(grid.DataFolder, node.Name)]) { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        var receipts = process.ExitCode == 0 ? JsonSerializer.Deserialize(text, OnChainJson.Default.SignedSeenArray) : null;
        return receipts is { Length: > 0 } ? receipts : throw new GridException(GridErrorKind.BadAnswer, $"{node.Name} has no receipts of having been heard.");
    }
}
