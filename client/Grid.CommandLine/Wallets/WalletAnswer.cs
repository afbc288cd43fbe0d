using System.Text.Json.Serialization;
using Grid.Chain.Crypto;

namespace Grid.CommandLine.Wallets;

internal sealed record WalletAnswer(Address Address, string Path);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WalletAnswer))]
[JsonSerializable(typeof(BalanceAnswer))]
internal sealed partial class WalletJson : JsonSerializerContext;
