namespace Grid.CommandLine.Home;

/// <summary>The folder of this user's grid settings: <c>$GRID_HOME</c>, else <c>compute-grid</c> in the folder for configuration (XDG).</summary>
internal sealed class GridHome(string folder)
{
    public static GridHome Current => new(Environment.GetEnvironmentVariable("GRID_HOME") is { Length: > 0 } home ? Path.GetFullPath(home) : DefaultFolder());

    public string Folder => folder;

    public string SettingsFile => Path.Combine(folder, "config.json");

    public string WalletFile => Path.Combine(folder, "wallet.json");

    /// <summary>Used where it exists and nothing else is named.</summary>
    public string PassphraseFile => Path.Combine(folder, "passphrase");

    /// <summary>Which identity answered at which address the first time.</summary>
    public string KnownOperatorsFile => Path.Combine(folder, "operators.json");

    /// <summary>Written by a running <c>grid up</c>, removed at its end.</summary>
    public string LocalGridFile => Path.Combine(folder, "up.json");

    /// <summary>Names the folder of the local grid that <c>grid up</c> goes on with.</summary>
    public string KeptGridFile => Path.Combine(folder, "local-grid");

    /// <summary>Transactions on their way, and what operators have shown of their roots.</summary>
    public string ChainFolder => Path.Combine(folder, "chain");

    private static string DefaultFolder()
    {
        var configuration = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } xdg && Path.IsPathRooted(xdg)
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
        return Path.Combine(configuration, "compute-grid");
    }
}
