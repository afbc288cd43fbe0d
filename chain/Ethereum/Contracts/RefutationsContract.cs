using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>Convicts a root by its operator's own signature: <c>docs/protocol/escrow.md</c>.</summary>
public sealed class RefutationsContract(Address address) : GridContract(address)
{
    private static readonly AbiFunction s_refute = AbiFunction.Parse(
        $"refute(address operator, {AbiStructs.PayerProof} proof, {AbiSignedTypes.Authorization} later, bytes payerSignature, "
        + $"{AbiSignedTypes.Opening} opening, bytes openingSignature)");

    /// <param name="later">Covers less than the root charges.</param>
    /// <param name="opening">Of a lease on <paramref name="later"/>, by the operator.</param>
    public ContractCall Refute(Address @operator, PayerProof proof, Signed<Authorization> later, Signed<Opening> opening) => Call(
        s_refute, @operator, proof.ToAbi(), later.Value.ToAbi(), later.Signature.ToAbi(), opening.Value.ToAbi(), opening.Signature.ToAbi());
}
