using System.CommandLine;
using System.CommandLine.Parsing;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts;
using Grid.Protocol;
using Grid.Settlements;
using Grid.Silo.Chain;
using Grid.Silo.Operators;

namespace Grid.Silo.Hosting;

/// <summary>The options of <c>grid-silo</c> and what they make.</summary>
internal sealed class SiloCommandOptions
{
    private readonly Option<DirectoryInfo> _data = new("--data") { Description = "Folder of everything durable.", Required = true };
    private readonly Option<FileInfo?> _key = new("--key") { Description = "The operator's keystore (default: operator.json in the data folder)." };
    private readonly Option<FileInfo?> _passphraseFile = new("--passphrase-file") { Description = "File with the keystore's passphrase, readable by its owner alone; else it is asked for." };
    private readonly Option<bool> _lightKey = new("--light-key") { Description = "A new keystore is cheap to open and to guess at: for development." };
    private readonly Option<string> _http = new("--http") { Description = "URL to serve HTTP at; port 0 chooses one, endpoint.json says which.", DefaultValueFactory = static _ => "http://127.0.0.1:0" };
    private readonly Option<FileInfo?> _certificate = new("--tls-certificate") { Description = "PEM file, for an https URL." };
    private readonly Option<FileInfo?> _certificateKey = new("--tls-key") { Description = "PEM file of the certificate's key." };
    private readonly Option<string> _ledger = new("--ledger") { Description = "Where deposits are kept: local (this operator's own ledger) or chain (the escrow of --chain).", DefaultValueFactory = static _ => "local" };
    private readonly Option<FileInfo?> _chain = new("--chain") { Description = "chain.json of the grid, for --ledger chain." };
    private readonly Option<Uri[]> _chainRpc = new("--chain-rpc") { Description = "JSON-RPC endpoint of the chain; given twice, each is checked by the other.", CustomParser = UrlsOf };
    private readonly Option<int> _chainPollMs = new("--chain-poll-ms") { Description = "How often the chain is looked at.", DefaultValueFactory = static _ => 2_000 };
    private readonly Option<int> _settleEvery = new("--settle-every-seconds") { Description = "Time between two settlement roots; each costs gas.", DefaultValueFactory = static _ => 6 * 3600 };
    private readonly Option<string[]> _peers = new("--peer") { Description = "Another operator of the set, as ADDRESS=URL; may be given several times." };
    private readonly Option<FileInfo?> _peersFile = new("--peers-file") { Description = "More of them, a line each; read again when it changes." };
    private readonly Option<long> _genesis = new("--genesis") { Description = "Unix second at which era 0 began, the same at all operators; on a chain its chain.json says it.", DefaultValueFactory = static _ => new GridParameters().Genesis.ToUnixTimeSeconds() };
    private readonly Option<int> _eraSeconds = new("--era-seconds") { Description = "Length of an era; on a chain its chain.json says it.", DefaultValueFactory = static _ => (int)new GridParameters().Era.TotalSeconds };
    private readonly Option<int> _tickMs = new("--tick-ms") { Description = "Heartbeat, receipt and step of paidThrough.", DefaultValueFactory = static _ => 10_000 };
    private readonly Option<long> _runAhead = new("--run-ahead-seconds") { Description = "How far leases are paid ahead by default.", DefaultValueFactory = static _ => 3600 };
    private readonly Option<int> _feePpm = new("--fee-ppm") { Description = "Burned share of each charge in millionths.", DefaultValueFactory = static _ => 10_000 };
    private readonly Option<int> _minStake = new("--min-stake")
    {
        Description = "Tokens that a provider must have staked, and not on their way out, to get new leases and to earn; with --ledger chain.",
        HelpName = "TOKENS",
        DefaultValueFactory = static _ => 1,
    };

    private readonly Option<string> _token = new("--token") { Description = "The token that this operator settles in.", DefaultValueFactory = static _ => new GridParameters().Token };
    private readonly Option<bool> _pretended = new("--accept-pretended-gpus") { Description = "Take offers with GPUs that do not exist: for development." };
    private readonly Option<string> _publicHost = new("--public-host") { Description = "The host that tenants reach exposed ports at.", DefaultValueFactory = static _ => "127.0.0.1" };
    private readonly Option<string> _relayAddress = new("--relay-address") { Description = "The address that exposed ports listen on.", DefaultValueFactory = static _ => "127.0.0.1" };
    private readonly Option<string?> _relayPorts = new("--relay-ports") { Description = "Range of ports for exposed ports, as 30000-30999; else the system chooses." };
    private readonly Option<int> _maxSessions = new("--max-sessions") { Description = "Nodes connected at the same time.", DefaultValueFactory = static _ => Links.Limits.Sessions };
    private readonly Option<int> _requests = new("--requests-per-ten-seconds") { Description = "Requests that one caller may make.", DefaultValueFactory = static _ => Api.Limits.RequestsPerTenSeconds };
    private readonly Option<bool> _exitWithParent = new("--exit-with-parent") { Description = "Drain and stop when standard input ends." };
    private readonly Option<Uri?> _otlp = new("--otlp") { Description = "OTLP endpoint for metrics and traces.", CustomParser = static result => UrlsOf(result)?.SingleOrDefault() };

    public SiloCommandOptions()
    {
        _ledger.AcceptOnlyFromAmong("local", "chain");
        Range(_chainPollMs, 50, 3_600_000);
        Range(_settleEvery, 1, 30 * 24 * 3600);
        Range(_tickMs, 50, 3_600_000);
        Range(_feePpm, 0, 1_000_000);
        Range(_eraSeconds, 2, 366 * 86_400);
        _peers.Validators.Add(result =>
        {
            foreach (var text in result.GetValueOrDefault<string[]>() ?? [])
            {
                if (!OperatorPeer.TryParse(text, out _)) result.AddError($"--peer is '{text}', expected ADDRESS=URL, as 0x…=https://operator.example.");
            }
        });
        Range(_minStake, 0, 1_000_000_000);
        Range(_maxSessions, 1, 1_000_000);
        Range(_requests, 1, 1_000_000);
        _relayPorts.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !TryPorts(text, out _, out _)) result.AddError($"--relay-ports is '{text}', expected FIRST-LAST with ports from 1 to 65535.");
        });
        _http.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || !(url.Host == "localhost" || url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6))
                result.AddError($"--http is '{text}', expected http:// or https:// with an address of this machine, as http://127.0.0.1:8080.");
        });
    }

    public Option<bool> Init { get; } = new("--init") { Description = "Make the operator's key where there is no keystore yet." };

    public void AddTo(Command command)
    {
        AddKeysTo(command);
        Option[] options =
        [
            Init, _http, _certificate, _certificateKey, _ledger, _peers, _peersFile, _genesis, _eraSeconds, _chain, _chainRpc, _chainPollMs,
            _settleEvery, _tickMs, _runAhead, _feePpm, _minStake, _token, _pretended, _publicHost, _relayAddress, _relayPorts, _maxSessions,
            _requests, _otlp, _exitWithParent,
        ];
        foreach (var option in options) command.Add(option);
        command.Validators.Add(result =>
        {
            var needsCertificate = result.GetValue(_http)?.StartsWith("https:", StringComparison.Ordinal) is true;
            if (needsCertificate && result.GetValue(_certificate) is null) result.AddError("--http is https, so --tls-certificate is needed.");
            var (hasChain, endpoints) = (result.GetValue(_ledger) == "chain", result.GetValue(_chainRpc)?.Length ?? 0);
            if (hasChain && (result.GetValue(_chain) is null || endpoints is < 1 or > Chain.Limits.Endpoints)) result.AddError($"--ledger chain needs --chain FILE and one or {Chain.Limits.Endpoints} --chain-rpc URL.");
            if (!hasChain && (result.GetValue(_chain) is not null || endpoints > 0)) result.AddError("--chain and --chain-rpc need --ledger chain.");
        });
    }

    public void AddKeysTo(Command command)
    {
        Option[] options = [_data, _key, _passphraseFile, _lightKey];
        foreach (var option in options) command.Add(option);
    }

    public string KeystoreOf(ParseResult parsed) => parsed.GetValue(_key)?.FullName ?? Path.Combine(parsed.GetValue(_data)!.FullName, KeyLoading.KeystoreName);

    public PassphraseSource PassphraseOf(ParseResult parsed, bool isNew) => parsed.GetValue(_passphraseFile) is { } file
        ? PassphraseSource.FromFile(file.FullName)
        : PassphraseSource.FromPrompt("Passphrase of the operator's key: ", repeat: isNew);

    public KeystoreCost CostOf(ParseResult parsed) => parsed.GetValue(_lightKey) ? KeystoreCost.Light : KeystoreCost.Standard;

    public SiloOptions SiloOf(ParseResult parsed)
    {
        TryPorts(parsed.GetValue(_relayPorts) ?? "", out var firstPort, out var lastPort);
        var chain = ChainOf(parsed);
        return new SiloOptions
        {
            DataDirectory = parsed.GetValue(_data)!.FullName,
            HttpUrl = parsed.GetValue(_http)!,
            TlsCertificateFile = parsed.GetValue(_certificate)?.FullName,
            TlsKeyFile = parsed.GetValue(_certificateKey)?.FullName,
            PublicHost = parsed.GetValue(_publicHost)!,
            RelayAddress = parsed.GetValue(_relayAddress)!,
            FirstRelayPort = firstPort,
            LastRelayPort = lastPort,
            MaxSessions = parsed.GetValue(_maxSessions),
            RequestsPerTenSeconds = parsed.GetValue(_requests),
            ExitsWithParent = parsed.GetValue(_exitWithParent),
            OtlpEndpoint = parsed.GetValue(_otlp),
            Parameters = chain is null ? ParametersOf(parsed) : WithChain(chain.Deployment, parsed),
            Chain = chain,
            Peers = [.. (parsed.GetValue(_peers) ?? []).Select(static text => OperatorPeer.TryParse(text, out var peer) ? peer : null).OfType<OperatorPeer>()],
            PeersFile = parsed.GetValue(_peersFile)?.FullName,
        };
    }

    private ChainOptions? ChainOf(ParseResult parsed) => parsed.GetValue(_ledger) != "chain" ? null : new ChainOptions(ChainDeploymentFile.Read(parsed.GetValue(_chain)!.FullName), [.. parsed.GetValue(_chainRpc)!])
    {
        Poll = TimeSpan.FromMilliseconds(parsed.GetValue(_chainPollMs)),
        Schedule = new SettlementSchedule(TimeSpan.FromSeconds(parsed.GetValue(_settleEvery))),
    };

    private static Uri[]? UrlsOf(ArgumentResult result)
    {
        var urls = new List<Uri>();
        foreach (var token in result.Tokens)
        {
            if (Uri.TryCreate(token.Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") urls.Add(url!);
            else result.AddError($"{(result.Parent as OptionResult)?.Option.Name} is '{token.Value}', expected an http:// or https:// URL.");
        }

        return [.. urls];
    }

    /// <summary>The contracts count the eras; the window is given room for a clock that differs from the blocks'.</summary>
    private GridParameters WithChain(ChainDeployment deployment, ParseResult parsed) => ParametersOf(parsed) with
    {
        MinStake = Money.FromTokens(parsed.GetValue(_minStake)),
        MaxRunAheadSeconds = LongestRunAhead(deployment.Windows),
        Genesis = DateTimeOffset.FromUnixTimeSeconds(deployment.GenesisUnixSeconds),
        Era = TimeSpan.FromSeconds(deployment.EraSeconds),
        EraCommitWindowEras = (int)Math.Clamp((deployment.Windows.CommitSeconds + deployment.EraSeconds - 1) / deployment.EraSeconds, 1, 1_000_000) + 1,
    };

    /// <summary>
    /// A lease of a payer who leaves ends at its paidThrough, and its last charges must be in a root a dispute window before his exit is
    /// due.
    /// </summary>
    private static long LongestRunAhead(ChainWindows windows) =>
        Math.Clamp(windows.ExitSeconds - 2 * windows.DisputeSeconds, 1, new GridParameters().MaxRunAheadSeconds);

    private GridParameters ParametersOf(ParseResult parsed)
    {
        var standard = new GridParameters();
        var token = parsed.GetValue(_token)!;
        return standard with
        {
            Tick = TimeSpan.FromMilliseconds(parsed.GetValue(_tickMs)),
            DefaultRunAheadSeconds = parsed.GetValue(_runAhead),
            FeePpm = parsed.GetValue(_feePpm),
            Token = token,
            TokenAliases = standard.TokenAliases.Add(token),
            AcceptsPretendedGpus = parsed.GetValue(_pretended),
            Genesis = DateTimeOffset.FromUnixTimeSeconds(parsed.GetValue(_genesis)),
            Era = TimeSpan.FromSeconds(parsed.GetValue(_eraSeconds)),
        };
    }

    private static void Range(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        var value = result.GetValueOrDefault<int>();
        if (value < least || value > most) result.AddError($"{option.Name} is {value}, expected {least} to {most}.");
    });

    private static bool TryPorts(string text, out int first, out int last)
    {
        (first, last) = (0, 0);
        var parts = text.Split('-');
        return parts.Length == 2 && ushort.TryParse(parts[0], out var low) && ushort.TryParse(parts[1], out var high) && low > 0 && low <= high && ((first, last) = (low, high)) is not (0, 0);
    }
}
