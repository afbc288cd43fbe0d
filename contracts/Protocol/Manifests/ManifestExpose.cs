using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Grid.Protocol.Manifests;

/// <summary>A port of the workload, or a range of them, and who may reach it.</summary>
public sealed record ManifestExpose
{
    private const int HttpPort = 80;

    /// <summary>The (first) port inside the workload.</summary>
    public required int Port { get; init; }

    /// <summary>The (first) port that others see.</summary>
    public required int As { get; init; }

    /// <summary>Consecutive ports; 1 unless the file names a range.</summary>
    public required int PortCount { get; init; }

    public PortProtocol Protocol { get; init; }

    /// <summary>Host names that are routed here; empty means any.</summary>
    public ImmutableArray<string> Accept { get; init => field = Lists.Given(value); } = [];

    public ImmutableArray<ExposeTarget> To { get; init => field = Lists.Given(value); } = [];

    public HttpOptions? HttpOptions { get; init; }

    /// <summary>ICL: the port that others see is a public one, not a relayed one.</summary>
    public bool UsesPublicPort { get; init; }

    [JsonIgnore]
    public bool IsGlobal => To.Any(target => target.IsGlobal);

    /// <summary>Port 80 means HTTP with HTTPS beside it.</summary>
    [JsonIgnore]
    public bool IsHttp => Protocol == PortProtocol.Http || Protocol == PortProtocol.Tcp && As == HttpPort;
}

/// <summary>One line of <c>expose.to</c>.</summary>
/// <param name="Service">A service of the same manifest that may connect; null when the line names none.</param>
/// <param name="Endpoint">An endpoint whose address the port is bound to; null when the line names none.</param>
public sealed record ExposeTarget(bool IsGlobal, string? Service, string? Endpoint);

[JsonConverter(typeof(JsonStringEnumConverter<PortProtocol>))]
public enum PortProtocol
{
    Tcp = 0,
    Udp,
    Http,
}

/// <summary>How a proxy in front of the port behaves; null leaves it to the provider.</summary>
public sealed record HttpOptions
{
    public long? MaxBodySizeBytes { get; init; }

    public int? ReadTimeoutMs { get; init; }

    public int? SendTimeoutMs { get; init; }

    public int? NextTries { get; init; }

    public int? NextTimeoutMs { get; init; }

    public ImmutableArray<string> NextCases { get; init => field = Lists.Given(value); } = [];
}
