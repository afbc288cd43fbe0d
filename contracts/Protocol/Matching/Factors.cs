namespace Grid.Protocol.Matching;

/// <summary>The seven factors of a candidate that weights multiply, each from 0 to <see cref="Factor.One"/>. The eighth is the noise.</summary>
/// <param name="Region">Nearness to where the order wants to run.</param>
/// <param name="Price">(ceiling − ask) / ceiling.</param>
/// <param name="Uptime">Wilson lower bound over the recent eras' challenges.</param>
/// <param name="Reputation">Wilson lower bound over lease outcomes, times the trust tier's step.</param>
/// <param name="Availability">How well what is left after the placement still fits the usual orders.</param>
/// <param name="SlashRate">High for a provider that was never slashed and has served long enough.</param>
/// <param name="Stake">Log-scaled against the median stake.</param>
public readonly record struct Factors(int Region, int Price, int Uptime, int Reputation, int Availability, int SlashRate, int Stake)
{
    public const int Count = 7;

    /// <exception cref="ArgumentOutOfRangeException">The index is not that of a factor.</exception>
    public int this[int index] => index switch
    {
        0 => Region,
        1 => Price,
        2 => Uptime,
        3 => Reputation,
        4 => Availability,
        5 => SlashRate,
        6 => Stake,
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, "There are seven factors, 0 to 6."),
    };

    public bool IsWithinBounds =>
        IsFactor(Region) && IsFactor(Price) && IsFactor(Uptime) && IsFactor(Reputation) && IsFactor(Availability) && IsFactor(SlashRate) && IsFactor(Stake);

    private static bool IsFactor(int value) => value is >= 0 and <= Factor.One;
}
