using System.ComponentModel;
using System.Diagnostics;

namespace Grid.Node.Inventory;

/// <summary>Runs a vendor's tool for what it prints.</summary>
internal static class ToolOutput
{
    /// <returns>Null where the tool is missing, fails, or does not answer in time.</returns>
    public static async Task<string?> ReadAsync(string tool, string arguments, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Limits.ToolTimeoutMs);
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        try
        {
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            var output = await ReadBoundedAsync(process.StandardOutput, deadline.Token);
            await errors;
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0 ? output : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return null;
        }
    }

    private static async Task<string> ReadBoundedAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var text = new char[Limits.MaxToolOutputChars];
        var count = await reader.ReadBlockAsync(text, cancellationToken);
        var rest = new char[4096];
        while (await reader.ReadAsync(rest, cancellationToken) > 0)
        {
        }

        return new string(text, 0, count);
    }
}
