using Grid.Chain.Crypto;

namespace Grid.Tests.Ethereum.Anvil;

/// <summary>
/// A contract by hand: reverts without calldata; else counts its calls in slot 0, logs the calldata's first word as the only
/// topic, and returns the count.
/// </summary>
internal static class Emitter
{
    public static byte[] CreationCode { get; } = Hex.Bytes(
        "6026600c60003960266000f3" // copies the 38 bytes below into memory and returns them
        + "3660095760006000fd5b" // CALLDATASIZE, JUMPI 9, REVERT(0, 0), JUMPDEST
        + "600054600101600055" // SSTORE(0, SLOAD(0) + 1)
        + "60003560006000a1" // LOG1(0, 0, CALLDATALOAD(0))
        + "60005460005260206000f3"); // RETURN(SLOAD(0))

    public static byte[] CallWith(int number)
    {
        var word = new byte[Hash256.SizeBytes];
        word[^1] = (byte)number;
        word[^2] = (byte)(number >> 8);
        return word;
    }
}
