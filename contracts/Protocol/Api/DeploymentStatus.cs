using System.Text.Json.Serialization;
using Grid.Chain.Crypto;
using Grid.Protocol.Json;

namespace Grid.Protocol.Api;

/// <param name="Next">Give it back as <c>?after=</c> for the next page; null on the last.</param>
public sealed record DeploymentList(IReadOnlyList<DeploymentSummary> Deployments, string? Next = null);

/// <param name="RatePerHour">Of its active leases together.</param>
/// <param name="Charged">So far, closed leases included.</param>
public sealed record DeploymentSummary(
    DeploymentId Deployment,
    string? Name,
    DeploymentPhase Phase,
    long CreatedAtUnixMs,
    int OrderCount,
    int ActiveLeaseCount,
    RatePerHour RatePerHour,
    Money Charged);

/// <summary><c>GET /v1/deployments/{id}</c>.</summary>
/// <param name="Message">Why it failed or waits, for people.</param>
public sealed record DeploymentStatus(
    DeploymentId Deployment,
    string? Name,
    DeploymentPhase Phase,
    Address Payer,
    Hash256 ManifestHash,
    uint Generation,
    long CreatedAtUnixMs,
    RatePerHour MaxRatePerHour,
    Money MaxTotal,
    Money Charged,
    IReadOnlyList<OrderStatus> Orders,
    string? Message = null);

/// <param name="Candidates">Providers that passed every hard filter at the last match.</param>
/// <param name="Chosen">Whose lease was opened.</param>
/// <param name="MatchMs">From the order's start to the ranking.</param>
/// <param name="StartMs">From the order's start to the first running workload.</param>
/// <param name="Steps">What happened when, in order.</param>
/// <param name="Refusals">Providers that were asked and did not take it.</param>
public sealed record OrderStatus(
    OrderId Order,
    string Placement,
    uint Ordinal,
    uint Generation,
    OrderPhase Phase,
    int Candidates,
    ProviderId? Chosen,
    long? MatchMs,
    long? StartMs,
    IReadOnlyList<StepTiming> Steps,
    IReadOnlyList<OrderRefusal> Refusals,
    IReadOnlyList<LeaseStatus> Leases,
    string? Message = null);

/// <param name="Step"><c>created</c>, <c>matched</c>, <c>held</c>, <c>accepted</c>, <c>opened</c>, <c>running</c>, <c>closed</c>.</param>
public sealed record StepTiming(string Step, long AtUnixMs);

public sealed record OrderRefusal(ProviderId Provider, string Code, string Message);

[JsonConverter(typeof(CamelCaseEnumConverter<DeploymentPhase>))]
public enum DeploymentPhase
{
    Placing,

    /// <summary>Every order has its lease.</summary>
    Active,

    /// <summary>Some order lost its lease and looks for another.</summary>
    Degraded,
    Closing,
    Closed,

    /// <summary>An order could not be placed, or failed for good.</summary>
    Failed,
}

[JsonConverter(typeof(CamelCaseEnumConverter<OrderPhase>))]
public enum OrderPhase
{
    Matching,

    /// <summary>Walking the ranking: holding, asking the node.</summary>
    Placing,

    /// <summary>Nobody can take it now; it waits for capacity.</summary>
    Standing,
    Leased,
    Closed,
    Failed,
}
