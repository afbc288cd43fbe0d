using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>A custom error of one of the grid's contracts, with its arguments.</summary>
public sealed record ContractError(string Name, IReadOnlyList<AbiValue> Arguments)
{
    public override string ToString() => $"{Name}({string.Join(", ", Arguments)})";
}

/// <summary>Names what a revert says.</summary>
public static class ContractErrors
{
    private static readonly Lazy<FrozenDictionary<uint, AbiError>> s_known = new(Load);

    /// <returns>False where it is none of the grid's errors nor Solidity's own.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> revertData, [NotNullWhen(true)] out ContractError? error)
    {
        error = null;
        if (revertData.Length < AbiFunction.SelectorBytes || !s_known.Value.TryGetValue(Key(revertData.Span), out var known)) return false;
        try
        {
            if (known.TryDecode(revertData, out var arguments)) error = new ContractError(known.Name, arguments);
        }
        catch (AbiException)
        {
            return false;
        }

        return error is not null;
    }

    /// <returns>For people: the error's name and arguments, or the bytes where it has no name.</returns>
    public static string Describe(Revert revert)
    {
        if (TryRead(revert.Data, out var error)) return error.ToString();
        var shown = HexText.Encode(revert.Data.Span[..Math.Min(Limits.MaxQuotedChars, revert.Data.Length)]);
        return string.Create(CultureInfo.InvariantCulture, $"{revert.Message} {shown}");
    }

    private static FrozenDictionary<uint, AbiError> Load()
    {
        var declared = ContractArtifact.Names.SelectMany(name => ContractArtifact.Load(name).Errors).Distinct(StringComparer.Ordinal);
        return declared.Select(AbiError.Parse).Append(AbiError.Text).Append(AbiError.Panic).ToFrozenDictionary(error => Key(error.Selector.Span));
    }

    private static uint Key(ReadOnlySpan<byte> data) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(data);
}
