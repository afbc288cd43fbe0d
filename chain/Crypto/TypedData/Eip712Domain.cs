using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Grid.Chain.Crypto;

/// <summary>Binds signatures to one application on one chain (EIP-712). All four fields are always part of it.</summary>
public sealed record Eip712Domain(string Name, string Version, long ChainId, Address VerifyingContract)
{
    private static readonly Hash256 s_typeHash = Eip712.TypeHash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    private StrongBox<Hash256>? _separator;

    // A copy made by `with` computes its own separator.
    private Eip712Domain(Eip712Domain original) =>
        (Name, Version, ChainId, VerifyingContract) = (original.Name, original.Version, original.ChainId, original.VerifyingContract);

    /// <summary>Computed once.</summary>
    [JsonIgnore]
    public Hash256 Separator => (_separator ??= new StrongBox<Hash256>(Compute())).Value;

    public bool Equals(Eip712Domain? other) => other is not null && Separator == other.Separator;

    public override int GetHashCode() => Separator.GetHashCode();

    private Hash256 Compute() => Eip712StructHash.Begin(s_typeHash)
        .AddString(Name)
        .AddString(Version)
        .Add(ChainId)
        .Add(VerifyingContract)
        .ToHash256();
}
