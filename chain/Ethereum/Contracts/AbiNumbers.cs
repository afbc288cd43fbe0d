using Grid.Chain.Ethereum.Abi;
using Grid.Protocol;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>Between the contracts' unsigned words and the grid's types. What does not fit is an <see cref="AbiException"/>.</summary>
internal static class AbiNumbers
{
    public static AbiValue ToAbi(this Money amount) => amount.MicroUnits;

    public static Money ToMoney(this AbiValue value) => new(value.ToInt64());

    /// <summary>Seconds of time or of duration.</summary>
    public static long ToSeconds(this AbiValue value) => value.ToInt64();

    public static uint ToCount(this AbiValue value)
    {
        var number = value.ToUInt64();
        return number <= uint.MaxValue ? (uint)number : throw new AbiException($"{number} is not in 0 to {uint.MaxValue}.");
    }

    private static long ToInt64(this AbiValue value)
    {
        var number = value.ToUInt64();
        return number <= long.MaxValue ? (long)number : throw new AbiException($"{number} is not in 0 to {long.MaxValue}.");
    }
}
