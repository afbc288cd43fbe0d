using System.Collections.Immutable;
using Grid.Silo.Chain;
using Grid.Silo.Operators;

namespace Grid.Silo.Hosting;

/// <summary>What an operator chooses. Nothing in it is secret.</summary>
public sealed record SiloOptions
{
    /// <summary>Everything durable lies in here: the store, ciphertext of inputs, <c>endpoint.json</c>.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where HTTP is served; port 0 lets the system choose, and <c>endpoint.json</c> says which.</summary>
    public string HttpUrl { get; init; } = "http://127.0.0.1:0";

    /// <summary>PEM files for https; null without.</summary>
    public string? TlsCertificateFile { get; init; }

    public string? TlsKeyFile { get; init; }

    /// <summary>The host that tenants reach exposed ports at.</summary>
    public string PublicHost { get; init; } = "127.0.0.1";

    /// <summary>The address that exposed ports listen on.</summary>
    public string RelayAddress { get; init; } = "127.0.0.1";

    /// <summary>The ports that exposed ports are taken from; 0 lets the system choose each.</summary>
    public int FirstRelayPort { get; init; }

    public int LastRelayPort { get; init; }

    /// <summary>Nodes that may be connected at the same time.</summary>
    public int MaxSessions { get; init; } = Links.Limits.Sessions;

    /// <summary>Nodes that this operator has never seen and that may enrol one after the other without a pause.</summary>
    public int EnrolmentsAtOnce { get; init; } = Links.Limits.EnrolmentsAtOnce;

    /// <summary>Nodes that this operator has never seen and that may enrol in a minute, on and on.</summary>
    public int EnrolmentsPerMinute { get; init; } = Links.Limits.EnrolmentsPerMinute;

    /// <summary>How long a bearer token is good.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Requests of one address or principal within ten seconds.</summary>
    public int RequestsPerTenSeconds { get; init; } = Api.Limits.RequestsPerTenSeconds;

    /// <summary>How long requests in flight may take once the silo drains.</summary>
    public TimeSpan DrainDeadline { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>An OTLP endpoint for metrics and traces; null exports nothing.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>Drain and end when standard input does: a launcher that dies leaves nothing behind.</summary>
    public bool ExitsWithParent { get; init; }

    public GridParameters Parameters { get; init; } = new();

    /// <summary>The chain that deposits lie on; null keeps them in the operator's own ledger.</summary>
    public ChainOptions? Chain { get; init; }

    /// <summary>The other operators of the set.</summary>
    public ImmutableArray<OperatorPeer> Peers { get; init; } = [];

    /// <summary>More of them, a line each as <c>ADDRESS=URL</c>; read again when it changes. Null without.</summary>
    public string? PeersFile { get; init; }
}
