using System.Text.Json.Serialization;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.Demo;

/// <summary>The answer of <c>grid demo --json</c>.</summary>
/// <param name="Balances">What the tenant could spend before the first deployment and after the last one was closed.</param>
/// <param name="Chain">Null without one.</param>
/// <param name="Market">Null where the demo did not come that far.</param>
/// <param name="Error">What failed; null where nothing did.</param>
/// <param name="Logs">Where the programs' logs were put aside after a failure.</param>
internal sealed record DemoReport(
    bool Ok,
    IReadOnlyList<DemoOrder> Orders,
    IReadOnlyList<DemoLease> Leases,
    IReadOnlyList<DemoArtifact> Artifacts,
    DemoBalances? Balances,
    DemoChain? Chain,
    double Seconds,
    string? Error = null,
    string? Logs = null,
    DemoMarket? Market = null);

/// <summary>A price that moved the next match, and an order that was matched when a node joined.</summary>
internal sealed record DemoMarket(DemoLivePrice LivePrice, DemoStandingOrder StandingOrder);

/// <param name="Provider">The best for the order, until it asked more than the order pays.</param>
/// <param name="SeenMs">From the owner's command until a match saw the new price.</param>
/// <param name="Chosen">Of the next match.</param>
internal sealed record DemoLivePrice(ProviderId Provider, int CandidatesBefore, int CandidatesAfter, long SeenMs, ProviderId Chosen);

/// <param name="Reason">Why nobody fitted.</param>
/// <param name="Node">That joined.</param>
/// <param name="LeasedMs">From the node's start to the lease.</param>
internal sealed record DemoStandingOrder(OrderId Order, string Reason, ProviderId Node, long LeasedMs);

/// <param name="Candidates">Providers that passed every hard filter.</param>
/// <param name="Verified">Whether the match record was recomputed here without a difference.</param>
internal sealed record DemoOrder(OrderId Id, string Sample, int Candidates, ProviderId Chosen, long MatchMs, long StartMs, bool Verified);

/// <param name="Seconds">That are billed.</param>
internal sealed record DemoLease(
    LeaseId Id, string Sample, Address Operator, ProviderId Provider, long Seconds, RatePerHour RatePerHour, Money Charged, CloseReason CloseReason);

internal sealed record DemoArtifact(string Name, Hash256 Sha256, long Bytes);

internal sealed record DemoBalances(Money Before, Money After)
{
    /// <summary>Of several operators together.</summary>
    public DemoBalances With(DemoBalances? others) => others is null ? this : new(Before + others.Before, After + others.After);

    public static DemoBalances Of(AccountStatus before, AccountStatus after) => new(before.Available, after.Available);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DemoReport))]
internal sealed partial class DemoJson : JsonSerializerContext;
