using Grid.Chain.Ethereum.Transactions;

namespace Grid.Chain.Ethereum.Queue;

/// <summary>What is offered first, and what next when that was not enough.</summary>
public static class FeeSchedule
{
    /// <summary>Room for the base fee to double: six full blocks in a row.</summary>
    public static Fees First(FeeData fees, UInt128 capWei)
    {
        var tip = UInt128.Min(fees.PriorityFeePerGasWei, capWei);
        var max = UInt128.Min(Add(Add(fees.BaseFeePerGasWei, fees.BaseFeePerGasWei), tip), capWei);
        return new Fees(max, tip);
    }

    /// <summary>Both fees at least 12.5 % up, which every pool takes as a replacement (geth asks for 10 %).</summary>
    /// <returns>Null where that exceeds the cap.</returns>
    public static Fees? Bump(Fees previous, FeeData now, UInt128 capWei)
    {
        var first = First(now, capWei);
        var tip = UInt128.Max(Raised(previous.MaxPriorityFeePerGasWei), first.MaxPriorityFeePerGasWei);
        var max = UInt128.Max(UInt128.Max(Raised(previous.MaxFeePerGasWei), first.MaxFeePerGasWei), tip);
        return max <= capWei ? new Fees(max, tip) : null;
    }

    // Rounded up, and at least one: an eighth of 7 wei would be nothing.
    private static UInt128 Raised(UInt128 fee) => Add(fee, fee / 8 + 1);

    private static UInt128 Add(UInt128 a, UInt128 b) => a > UInt128.MaxValue - b ? UInt128.MaxValue : a + b;
}
