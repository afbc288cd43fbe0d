using System.Text.Json.Serialization;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;
using Grid.Protocol.Slashing;

namespace Grid.Protocol.Api;

/// <summary>The HTTP API's JSON, the same in silo and client.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 32)]
[JsonSerializable(typeof(OperatorInfo))]
[JsonSerializable(typeof(SignInChallenge))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SignInToken))]
[JsonSerializable(typeof(DeployRequest))]
[JsonSerializable(typeof(DeployResponse))]
[JsonSerializable(typeof(DeploymentList))]
[JsonSerializable(typeof(DeploymentStatus))]
[JsonSerializable(typeof(OrderStatus))]
[JsonSerializable(typeof(LeaseStatus))]
[JsonSerializable(typeof(LeaseReceipts))]
[JsonSerializable(typeof(ArtifactList))]
[JsonSerializable(typeof(LogChunk))]
[JsonSerializable(typeof(ExplainResponse))]
[JsonSerializable(typeof(ScreenRequest))]
[JsonSerializable(typeof(ScreenResponse))]
[JsonSerializable(typeof(ProviderList))]
[JsonSerializable(typeof(ProviderSummary))]
[JsonSerializable(typeof(PriceList))]
[JsonSerializable(typeof(AccountStatus))]
[JsonSerializable(typeof(EraOverview))]
[JsonSerializable(typeof(EraStatus))]
[JsonSerializable(typeof(FaultAnswer))]
[JsonSerializable(typeof(MaintenanceRequest))]
[JsonSerializable(typeof(ProviderMaintenance))]
[JsonSerializable(typeof(FaultRequest))]
[JsonSerializable(typeof(FundRequest))]
[JsonSerializable(typeof(SettlementInfo))]
[JsonSerializable(typeof(PayerSettlement))]
[JsonSerializable(typeof(ProviderSettlement))]
[JsonSerializable(typeof(LeaseSettlement))]
[JsonSerializable(typeof(KeptEarnings))]
[JsonSerializable(typeof(LeaseEvidence))]
[JsonSerializable(typeof(WithdrawRequest))]
[JsonSerializable(typeof(WithdrawResponse))]
[JsonSerializable(typeof(ChainInfo))]
[JsonSerializable(typeof(Signed<Authorization>))]
[JsonSerializable(typeof(Problem))]
public sealed partial class GridJsonContext : JsonSerializerContext;
