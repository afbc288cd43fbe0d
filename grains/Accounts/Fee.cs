using Grid.Protocol;

namespace Grid.Accounts;

public static class Fee
{
    private const int Million = 1_000_000;

    /// <summary>The burned share of a charge, rounded down in the provider's favour.</summary>
    /// <param name="feePpm">Parts per million, 0 to 1 000 000.</param>
    public static Money RoundedDown(Money charge, int feePpm)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(feePpm);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(feePpm, Million);
        return new Money((long)((Int128)charge.MicroUnits * feePpm / Million));
    }
}
