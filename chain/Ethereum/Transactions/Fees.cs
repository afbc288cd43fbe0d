using System.Text.Json.Serialization;

namespace Grid.Chain.Ethereum.Transactions;

/// <summary>What a transaction offers per unit of gas, in wei.</summary>
/// <param name="MaxFeePerGasWei">Base fee and tip together never exceed it.</param>
/// <param name="MaxPriorityFeePerGasWei">The tip, at most <paramref name="MaxFeePerGasWei"/>.</param>
[method: JsonConstructor]
public readonly record struct Fees(UInt128 MaxFeePerGasWei, UInt128 MaxPriorityFeePerGasWei);
