using System.CommandLine;
using Grid.Chain.Ethereum.Contracts;
using Grid.Client;
using Grid.CommandLine.Home;

namespace Grid.CommandLine.OnChain;

/// <summary>
/// Which chain a command means: its options, then the environment, then a running <c>grid up</c>, then <c>config.json</c>.
/// </summary>
internal static class ChainOptions
{
    private static readonly Option<string?> File = new("--chain")
    {
        Description = "The grid's chain.json; by default $GRID_CHAIN, the running `grid up`, or the configured one.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Rpc = new("--chain-rpc")
    {
        Description = "JSON-RPC endpoint of the chain; by default $GRID_CHAIN_RPC, the running `grid up`, or the configured one.",
        HelpName = "URL",
    };

    public static Command WithChain(this Command command)
    {
        command.Add(File);
        command.Add(Rpc);
        return command;
    }

    /// <exception cref="GridException">None is named, or what is named is none.</exception>
    public static (ChainDeployment Grid, Uri Rpc) Of(ParseResult asked, Settings settings)
    {
        var file = asked.GetValue(File) ?? Named("GRID_CHAIN") ?? settings.Chain ?? throw Missing("the grid's chain.json", "--chain FILE", "$GRID_CHAIN");
        var rpc = asked.GetValue(Rpc) ?? Named("GRID_CHAIN_RPC") ?? settings.ChainRpc ?? throw Missing("a JSON-RPC endpoint", "--chain-rpc URL", "$GRID_CHAIN_RPC");
        if (!Uri.TryCreate(rpc, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new GridException(GridErrorKind.InvalidInput, "--chain-rpc: expected http:// or https://, as http://127.0.0.1:8545.");
        try
        {
            return (ChainDeploymentFile.Read(file), url);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new GridException(GridErrorKind.InvalidInput, e.Message, e);
        }
    }

    private static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    private static GridException Missing(string what, string option, string variable) =>
        new(GridErrorKind.InvalidInput, $"This goes to the chain: name {what} with {option} or {variable}.");
}
