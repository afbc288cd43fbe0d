using System.CommandLine;

namespace Grid.CommandLine;

/// <summary>Options that mean the same at every command.</summary>
internal static class CommonOptions
{
    public static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON on standard output, the rest on standard error." };

    public static readonly Option<string?> Url = new("--url") { Description = "The operator's address; by default $GRID_URL, the running `grid up`, or the configured one.", HelpName = "URL" };

    public static readonly Option<string[]> Operator = new("--operator")
    {
        Description = "An operator's URL, or URL@ADDRESS where that identity must answer; several are tried in turn ($GRID_OPERATORS). Or the identity (0x…) of --url alone.",
        HelpName = "OPERATOR",
    };

    public static readonly Option<string?> Wallet = new("--wallet") { Description = "The keystore of the tenant's key.", HelpName = "FILE" };

    public static readonly Option<string?> PassphraseFile = new("--passphrase-file") { Description = "A file, readable by its owner alone, with the keystore's passphrase; else it is asked for.", HelpName = "FILE" };

    /// <summary>What a command that talks to an operator takes.</summary>
    public static Command WithConnection(this Command command)
    {
        command.Add(Url);
        command.Add(Operator);
        command.Add(Wallet);
        command.Add(PassphraseFile);
        command.Add(Json);
        return command;
    }
}
