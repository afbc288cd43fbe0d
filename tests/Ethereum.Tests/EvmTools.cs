using System.Diagnostics;

namespace Grid.Tests.Ethereum;

/// <summary>
/// anvil and cast, which <c>npm ci</c> puts into contracts/solidity. GRID_ANVIL and GRID_CAST name others; without either the
/// tests that need them say what to run and are skipped.
/// </summary>
internal static class EvmTools
{
    public const string HowToInstall = "run: npm ci --ignore-scripts, in contracts/solidity (or name the programs in GRID_ANVIL and GRID_CAST)";

    public static string Anvil => Find("GRID_ANVIL", "anvil");

    public static async Task<string> CastAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Find("GRID_CAST", "cast"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"cast {arguments[0]}: {await error}");
    }

    private static string Find(string variable, string name)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named) return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "contracts", "solidity", "node_modules", "@foundry-rs", $"{name}-linux-amd64", "bin", name);
            if (File.Exists(path)) return path;
        }

        Assert.Skip($"{name} is missing; {HowToInstall}");
        return "";
    }
}
