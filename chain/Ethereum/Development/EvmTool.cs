namespace Grid.Chain.Ethereum.Development;

/// <summary>The EVM programs that <c>npm ci</c> puts into contracts/solidity.</summary>
public static class EvmTool
{
    /// <summary>A node of one's own.</summary>
    public const string Anvil = "anvil";

    /// <summary>Asks and sends from a shell.</summary>
    public const string Cast = "cast";

    private const string HowToInstall = "Run ./grid once, or: cd contracts/solidity && npm ci --ignore-scripts";

    /// <summary>Looks at GRID_ANVIL or GRID_CAST, then into the clone around this program.</summary>
    /// <exception cref="FileNotFoundException">It is not there; the message says what to run.</exception>
    public static string Find(string name)
    {
        if (Environment.GetEnvironmentVariable("GRID_" + name.ToUpperInvariant()) is { Length: > 0 } named) return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var packages = Path.Combine(folder.FullName, "contracts", "solidity", "node_modules", "@foundry-rs");
            if (!Directory.Exists(packages)) continue;
            var places = Directory.EnumerateDirectories(packages, name + "-*").Select(package => Path.Combine(package, "bin", name));
            var found = places.FirstOrDefault(File.Exists);
            if (found is not null) return found;
        }

        throw new FileNotFoundException(
            $"{name} is missing. {HowToInstall} (or name the program in GRID_{name.ToUpperInvariant()}).", name);
    }
}
