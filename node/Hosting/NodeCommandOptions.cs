using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Grid.Chain.Crypto;
using Grid.Node.Inventory;
using Grid.Node.Link;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Node.Hosting;

/// <summary>The options of <c>grid-node</c> and what they make.</summary>
internal sealed class NodeCommandOptions
{
    private const string KeystoreName = "node.json";

    private readonly Option<DirectoryInfo> _data = new("--data") { Description = "Folder of everything durable.", Required = true };
    private readonly Option<FileInfo?> _key = new("--key") { Description = $"The node's keystore (default: {KeystoreName} in the data folder)." };
    private readonly Option<FileInfo?> _passphraseFile = new("--passphrase-file") { Description = "File with the keystore's passphrase, readable by its owner alone; else it is asked for." };
    private readonly Option<bool> _lightKey = new("--light-key") { Description = "A new keystore is cheap to open and to guess at: for development." };
    private readonly Option<string[]> _operators = new("--operator") { Description = "ADDRESS=URL of an operator, or URL@ADDRESS; may be given several times.", Required = true };
    private readonly Option<string?> _grid = new("--grid") { Description = "CHAIN-ID:ESCROW of the grid's chain, as chain.json says it (default: operators that keep the money in their own ledgers).", HelpName = "GRID" };
    private readonly Option<string> _region = new("--region") { Description = "A region of the catalogue, as germany.", Required = true };
    private readonly Option<string> _zone = new("--zone") { Description = "Your own name for the place within the region.", DefaultValueFactory = static _ => "" };
    private readonly Option<string> _token = new("--token") { Description = "The token that prices are in.", DefaultValueFactory = static _ => "GRID" };
    private readonly Option<long> _cpuMillis = new("--cpu-millis") { Description = "Thousandths of a core to sell (default: all)." };
    private readonly Option<long> _memoryMib = new("--memory-mib") { Description = "Memory to sell (default: three quarters)." };
    private readonly Option<long> _diskMib = new("--disk-mib") { Description = "Disk to sell (default: three quarters of what is free)." };
    private readonly Option<string[]> _gpus = new("--gpu") { Description = "uuid of a GPU to sell (default: all); may be given several times." };
    private readonly Option<long> _perCore = new("--price-per-core") { Description = "Micro-units per core and hour.", DefaultValueFactory = static _ => 10_000 };
    private readonly Option<long> _perMemory = new("--price-per-gib-memory") { Description = "Micro-units per GiB of memory and hour.", DefaultValueFactory = static _ => 2_000 };
    private readonly Option<long> _perStorage = new("--price-per-gib-storage") { Description = "Micro-units per GiB of disk and hour.", DefaultValueFactory = static _ => 50 };
    private readonly Option<string[]> _perGpu = new("--price-per-gpu") { Description = "MODEL=MICRO-UNITS per hour (default: the guide price); may be given several times." };
    private readonly Option<int> _bandwidth = new("--bandwidth-mbps") { Description = "Sustained bandwidth.", DefaultValueFactory = static _ => 100 };
    private readonly Option<bool> _unisolated = new("--allow-unisolated") { Description = "Run workloads without a sandbox where none can be had; tenants see level none." };
    private readonly Option<bool> _noHostImage = new("--no-host-image") { Description = "Do not let tenants use this machine's own programs." };
    private readonly Option<string?> _pretend = new("--pretend-gpu") { Description = "Pretend to have one GPU of this model: for development." };
    private readonly Option<bool> _exitWithParent = new("--exit-with-parent") { Description = "Stop, with all workloads, when standard input ends." };

    public NodeCommandOptions()
    {
        _operators.Validators.Add(static result =>
        {
            foreach (var problem in ProblemsOf(result.GetValueOrDefault<string[]>() ?? [])) result.AddError(problem);
        });
        _grid.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !TryGrid(text, out _)) result.AddError($"--grid is '{text}', expected CHAIN-ID:ESCROW, as 42161:0x….");
        });
    }

    public Option<bool> Init { get; } = new("--init") { Description = "Make the node's key where there is no keystore yet." };

    public void AddTo(Command command)
    {
        AddKeysTo(command);
        Option[] options =
        [
            Init, _operators, _grid, _region, _zone, _token, _cpuMillis, _memoryMib, _diskMib, _gpus, _perCore, _perMemory, _perStorage, _perGpu, _bandwidth,
            _unisolated, _noHostImage, _pretend, _exitWithParent,
        ];
        foreach (var option in options) command.Add(option);
    }

    public void AddKeysTo(Command command)
    {
        Option[] options = [_data, _key, _passphraseFile, _lightKey];
        foreach (var option in options) command.Add(option);
    }

    public string DataOf(ParseResult parsed) => parsed.GetValue(_data)!.FullName;

    public string KeystoreOf(ParseResult parsed) => parsed.GetValue(_key)?.FullName ?? Path.Combine(DataOf(parsed), KeystoreName);

    public PassphraseSource PassphraseOf(ParseResult parsed, bool isNew) => parsed.GetValue(_passphraseFile) is { } file
        ? PassphraseSource.FromFile(file.FullName)
        : PassphraseSource.FromPrompt("Passphrase of the node's key: ", repeat: isNew);

    public KeystoreCost CostOf(ParseResult parsed) => parsed.GetValue(_lightKey) ? KeystoreCost.Light : KeystoreCost.Standard;

    public NodeOptions NodeOf(ParseResult parsed) => new()
    {
        DataDirectory = DataOf(parsed),
        Operators = [.. parsed.GetValue(_operators)!.Select(static text => OperatorEndpoint.TryParse(text, out var endpoint) ? endpoint : throw new ArgumentException(text))],
        Domain = parsed.GetValue(_grid) is { } grid && TryGrid(grid, out var domain) ? domain : null,
        Region = parsed.GetValue(_region)!,
        Zone = parsed.GetValue(_zone)!,
        Token = parsed.GetValue(_token)!,
        Slice = SliceOf(parsed),
        PerCore = new RatePerHour(parsed.GetValue(_perCore)),
        PerGibMemory = new RatePerHour(parsed.GetValue(_perMemory)),
        PerGibStorage = new RatePerHour(parsed.GetValue(_perStorage)),
        PerGpu = (parsed.GetValue(_perGpu) ?? []).Select(GpuPriceOf).ToImmutableSortedDictionary(StringComparer.Ordinal),
        BandwidthMbps = parsed.GetValue(_bandwidth),
        AllowsUnisolated = parsed.GetValue(_unisolated),
        AllowsHostImage = !parsed.GetValue(_noHostImage),
        PretendedGpu = parsed.GetValue(_pretend),
        ExitsWithParent = parsed.GetValue(_exitWithParent),
    };

    /// <summary>All three amounts make a slice; none of them leaves it to the default.</summary>
    private CapacitySlice? SliceOf(ParseResult parsed)
    {
        var (cpu, memory, disk) = (parsed.GetValue(_cpuMillis), parsed.GetValue(_memoryMib), parsed.GetValue(_diskMib));
        if (cpu == 0 && memory == 0 && disk == 0) return null;
        if (cpu == 0 || memory == 0 || disk == 0) throw new ArgumentException("--cpu-millis, --memory-mib and --disk-mib are given together, or none of them.");
        return new CapacitySlice(cpu, memory, disk, [.. parsed.GetValue(_gpus) ?? []]);
    }

    private static IEnumerable<string> ProblemsOf(string[] operators)
    {
        foreach (var text in operators.Where(static text => !OperatorEndpoint.TryParse(text, out _)))
            yield return $"--operator is '{text}', expected ADDRESS=URL, as 0x…=https://grid.example; plain http is taken on this machine only.";
        var addresses = operators.Select(static text => OperatorEndpoint.TryParse(text, out var endpoint) ? endpoint.Address : default).Where(static address => address != default);
        if (addresses.GroupBy(static address => address).Any(static same => same.Count() > 1)) yield return "--operator names one operator twice: give each address once.";
        if (operators.Length > Link.Limits.Operators) yield return $"--operator is given {operators.Length} times, expected at most {Link.Limits.Operators}.";
    }

    private static KeyValuePair<string, RatePerHour> GpuPriceOf(string text)
    {
        var parts = text.Split('=');
        if (parts.Length == 2 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rate)) return new(parts[0], new RatePerHour(rate));
        throw new ArgumentException($"--price-per-gpu is '{text}', expected MODEL=MICRO-UNITS, as rtx4090=350000.");
    }

    private static bool TryGrid(string text, out Eip712Domain? domain)
    {
        domain = null;
        var parts = text.Split(':');
        if (parts.Length != 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var chainId) || chainId == 0) return false;
        if (!Address.TryParse(parts[1], out var escrow) || escrow.IsZero) return false;
        domain = GridDomain.For(chainId, escrow);
        return true;
    }
}
