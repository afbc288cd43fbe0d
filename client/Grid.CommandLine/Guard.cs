using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.Output;

namespace Grid.CommandLine;

/// <summary>Turns what a command throws into a sentence and an exit code: 0 ok, 1 failed, 2 bad usage.</summary>
internal static class Guard
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int BadUsage = 2;

    public static void SetGuardedAction(this Command command, Func<ParseResult, CommandOutput, CancellationToken, Task<int>> action) =>
        command.SetAction((asked, cancellation) => RunAsync(asked, action, cancellation));

    private static async Task<int> RunAsync(ParseResult asked, Func<ParseResult, CommandOutput, CancellationToken, Task<int>> action, CancellationToken cancellation)
    {
        var output = new CommandOutput(asked.GetValue(CommonOptions.Json), asked.InvocationConfiguration.Output, asked.InvocationConfiguration.Error);
        try
        {
            return await action(asked, output, cancellation);
        }
        catch (GridException e)
        {
            return Fail(output, e.Message, e.Kind.ToString(), e.Code);
        }
        catch (KeystoreException e)
        {
            return Fail(output, e.Message, "Keystore", null);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Fail(output, "stopped", "Cancelled", null);
        }
    }

    private static int Fail(CommandOutput output, string message, string kind, string? code)
    {
        output.Note(message);
        if (output.IsJson) output.Json(new Failure(new FailureDetail(char.ToLowerInvariant(kind[0]) + kind[1..], code, message)), FailureJson.Default.Failure);
        return Failed;
    }
}
