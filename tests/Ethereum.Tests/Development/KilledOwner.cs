using System.Diagnostics;
using Grid.Chain.Ethereum.Development;

namespace Grid.Tests.Ethereum.Development;

/// <summary>A process that starts an anvil, says where, and stands still, to be killed.</summary>
internal static class KilledOwner
{
    public const string Argument = "own-anvil-until-killed";

    /// <returns>Where its anvil was, after the owner is dead.</returns>
    public static async Task<Uri> StartAndKillAsync(string stateFile, CancellationToken cancellationToken)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Ethereum.Tests");
        using var owner = Process.Start(new ProcessStartInfo(program, [Argument, stateFile]) { RedirectStandardOutput = true })!;
        try
        {
            return new Uri((await owner.StandardOutput.ReadLineAsync(cancellationToken))!);
        }
        finally
        {
            owner.Kill();
            await owner.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>The killed process itself.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        await using var anvil = await AnvilProcess.StartAsync(new AnvilOptions(StateFile: arguments[0]), CancellationToken.None);
        Console.WriteLine(anvil.Url);
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
