using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Grid.Accounts;
using Grid.Deployments;
using Grid.Eras;
using Grid.Gpus;
using Grid.Leases;
using Grid.Matching;
using Grid.Orders;
using Grid.Pricing;
using Grid.Protocol;
using Grid.Providers;
using Grid.Reputation;
using Grid.Settlements;
using Grid.Shards;
using Grid.Slashing;

namespace Grid;

/// <summary>How grains' states are stored. Golden samples of these bytes are in the tests: fields are added, never renamed or removed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(AccountState))]
[JsonSerializable(typeof(ImmutableSortedDictionary<DeploymentId, LiveAuthorization>))]
[JsonSerializable(typeof(ImmutableSortedDictionary<LeaseId, LeaseHold>))]
[JsonSerializable(typeof(ImmutableArray<BoundElement>))]
[JsonSerializable(typeof(DeploymentState))]
[JsonSerializable(typeof(EraJournalState))]
[JsonSerializable(typeof(EraState))]
[JsonSerializable(typeof(GpuState))]
[JsonSerializable(typeof(LeaseState))]
[JsonSerializable(typeof(LocalLedgerState))]
[JsonSerializable(typeof(MatchmakerState))]
[JsonSerializable(typeof(MatchState))]
[JsonSerializable(typeof(OrderState))]
[JsonSerializable(typeof(PriceState))]
[JsonSerializable(typeof(ProviderLedgerState))]
[JsonSerializable(typeof(ProviderState))]
[JsonSerializable(typeof(ReputationState))]
[JsonSerializable(typeof(SettlementLedgerState))]
[JsonSerializable(typeof(SettlementPageState))]
[JsonSerializable(typeof(SettlementState))]
[JsonSerializable(typeof(ShardState))]
[JsonSerializable(typeof(SlashingState))]
public sealed partial class GrainStateJson : JsonSerializerContext;
