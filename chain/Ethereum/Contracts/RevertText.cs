using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>Names the error in a queue's own words, which end with the revert's bytes in hex.</summary>
public static class RevertText
{
    public static string Named(string reason)
    {
        var at = reason.LastIndexOf(" 0x", StringComparison.Ordinal);
        var digits = reason.Length - at - " 0x".Length;
        if (at < 0 || digits % 2 != 0) return reason;
        var data = new byte[digits / 2];
        if (!HexText.TryDecode(reason.AsSpan(at + 1), data) || !ContractErrors.TryRead(data, out var error)) return reason;
        return $"{reason[..at]}: {error}";
    }
}
