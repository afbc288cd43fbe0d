using System.Text.Json.Serialization;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.Output;
using Grid.CommandLine.Providers;
using Grid.CommandLine.Slashing;
using Grid.CommandLine.Watching;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.OnChain;

/// <param name="Gas">Of the whole transaction.</param>
internal sealed record ChainTransactionAnswer(string Name, Hash256 Hash, ulong Gas);

/// <summary>What a command did on the chain.</summary>
/// <param name="Amount">What it moved; zero where it moved nothing.</param>
/// <param name="ReadyAtUnixSeconds">When the rest can follow; null where nothing is left to do.</param>
internal sealed record ChainAnswer(string Did, Address Operator, Address Account, Money Amount, long? ReadyAtUnixSeconds, IReadOnlyList<ChainTransactionAnswer> Transactions)
{
    public void Show(CommandOutput output, string note)
    {
        foreach (var transaction in Transactions) output.Line($"{transaction.Name,-14} {transaction.Hash}  {transaction.Gas} gas");
        output.Line(note);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CaseAnswer))]
[JsonSerializable(typeof(CaseList))]
[JsonSerializable(typeof(ChainAnswer))]
[JsonSerializable(typeof(StakeAnswer))]
[JsonSerializable(typeof(Signed<Seen>[]))]
[JsonSerializable(typeof(LeaseClaimsAnswer))]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(KeptAccount))]
[JsonSerializable(typeof(KeptList))]
[JsonSerializable(typeof(WatchAnswer))]
internal sealed partial class OnChainJson : JsonSerializerContext;
