using System.Diagnostics;
using Grid.Chain.Ethereum.Development;

namespace Grid.Tests.Ethereum;

/// <summary>
/// anvil and cast. Without them the tests that need them say what to run and are skipped; <c>grid test</c> installs them first, and there a
/// missing one fails.
/// </summary>
internal static class EvmTools
{
    public static string Anvil => Find(EvmTool.Anvil);

    public static async Task<string> CastAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(EvmTool.Cast), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"cast {arguments[0]}: {await error}");
    }

    public static string SolidityFolder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DecentralizedCompute.sln"))) folder = folder.Parent;
            return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("These tests run inside of the repository."), "contracts", "solidity");
        }
    }

    public static void SkipWithoutAnvil() => _ = Anvil;

    private static string Find(string name)
    {
        try
        {
            return EvmTool.Find(name);
        }
        catch (FileNotFoundException e) when (Environment.GetEnvironmentVariable("GRID_NO_SKIP") != "1")
        {
            Assert.Skip(e.Message);
            return "";
        }
    }
}
